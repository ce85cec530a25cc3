/**
 * The contract of the three backends: every layer, activation, initializer, optimizer and regularizer trains on each;
 * whatever is random has the same bits, and losses agree. Needs a build, as each backend runs in a process of its own.
 */
import { existsSync } from 'node:fs';
import { here, runScript } from './in-backend.js';

interface Trained {
  readonly initial: string;
  readonly order: string;
  readonly losses: readonly number[];
  readonly leaked: number;
}

interface Answer {
  readonly numerics: string;
  readonly masks: string;
  readonly results: Readonly<Record<string, Trained>>;
}

/**
 * How far losses may differ after two epochs of five steps, relatively to their size or to 1. Only rounding is allowed, in
 * sums of another order: measured at most 8e-7.
 */
const TOLERANCE = 1e-5;

const built = existsSync(new URL('../../packages/backends/dist/index.js', import.meta.url));
const NUMERICS = { wasm: 'exact', native: 'native' } as const;

let oracle: Answer;
beforeAll(async () => {
  if (built) oracle = await runScript('train-cases.mjs', ['cpu']);
}, 120_000);

describe.each(['wasm', 'native'] as const)('%s beside plain JavaScript', (backend) => {
  const available = built && here[backend] ? test : test.skip;
  let found: Answer;
  beforeAll(async () => {
    if (built && here[backend]) found = await runScript('train-cases.mjs', [backend]);
  }, 120_000);

  available('says how it rounds', () => expect(found.numerics).toBe(NUMERICS[backend]));

  available('drops the very same values', () => expect(found.masks).toBe(oracle.masks));

  available('has the same cases, initial weights and order of rows, bit for bit, and leaks nothing', () => {
    const streams = ({ results }: Answer): object =>
      Object.fromEntries(
        Object.entries(results).map(([name, { initial, order, leaked }]) => [
          name,
          { initial, order, leaked },
        ]),
      );
    expect(Object.keys(oracle.results).length).toBeGreaterThan(40);
    expect(streams(found)).toEqual(streams(oracle));
    expect(Object.values(oracle.results).filter(({ leaked }) => leaked !== 0)).toEqual([]);
  });

  available('trains every case to the same losses', () => {
    const off = Object.entries(oracle.results).flatMap(([name, { losses }]) =>
      losses.flatMap((expected, i) => {
        const loss = found.results[name].losses[i];
        const difference = Math.abs(loss - expected) / Math.max(1, Math.abs(expected));
        return difference <= TOLERANCE ? [] : [{ name, i, expected, loss }];
      }),
    );
    expect(off).toEqual([]);
    expect(Object.values(oracle.results).every(({ losses }) => losses.length === 8)).toBe(true);
  });
});
