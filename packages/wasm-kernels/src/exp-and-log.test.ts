import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SIZE = 1 << 18;
const AT = 65536;

type Replace = (x: number, size: number) => void;
let functions: { readonly memory: WebAssembly.Memory; readonly expAll: Replace; readonly logAll: Replace };

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'exp-and-log-'));
  const file = join(folder, 'functions.wasm');
  const asc = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js');
  execFileSync(
    process.execPath,
    [
      asc,
      'assembly/exp-and-log.test-support.ts',
      `--outFile=${file}`,
      '--runtime=stub',
      '--initialMemory=65',
      '--noAssert',
      '--use=abort=',
      '--enable=simd',
      '--optimizeLevel=3',
    ],
    { cwd: fileURLToPath(new URL('..', import.meta.url)) },
  );
  const { instance } = await WebAssembly.instantiate(readFileSync(file));
  rmSync(folder, { recursive: true });
  functions = instance.exports as unknown as typeof functions;
}, 60_000);

/** The distance of two neighbouring floats at a value. */
function ulp(value: number): number {
  return 2 ** (Math.max(Math.floor(Math.log2(Math.abs(value))), -126) - 23);
}

test.each(['exp', 'log'] as const)('%s is within one unit in the last place, over all of float32', (name) => {
  const given = new Float32Array(SIZE);
  const got = new Float32Array(functions.memory.buffer, AT, SIZE);
  const bits = new Uint32Array(given.buffer);
  // Every 16381st of all bit patterns: each exponent and sign, NaN and infinity too.
  for (let i = 0; i < SIZE; i++) bits[i] = i * 16381;
  got.set(given);
  functions[`${name}All`](AT, SIZE);
  let worst = 0;
  const { [name]: ofDouble } = Math;
  given.forEach((x, i) => {
    const exact = ofDouble(x);
    if (Number.isFinite(Math.fround(exact)) && exact !== 0) {
      worst = Math.max(worst, Number.isFinite(got[i]) ? Math.abs(got[i] - exact) / ulp(exact) : Infinity);
    } else if (!Object.is(got[i], Math.fround(exact))) {
      throw new Error(`${name}(${x}) gives ${got[i]}`);
    }
  });
  expect(worst).toBeLessThan(1);
});

test.each([
  ['exp', [0, -0, Infinity, -Infinity, NaN, 88.72283, 88.72284, -103.97, -104]],
  ['log', [0, -0, Infinity, -Infinity, NaN, 1, -1, 2 ** -149, 2 ** -126]],
] as const)('%s at the ends', (name, ends) => {
  const got = new Float32Array(functions.memory.buffer, AT, 12);
  got.set(ends);
  functions[`${name}All`](AT, 12);
  ends.forEach((x, i) => {
    const exact = Math.fround(Math[name](Math.fround(x)));
    if (Number.isFinite(exact)) expect(Math.abs(got[i] - exact)).toBeLessThanOrEqual(ulp(exact));
    else expect(got[i]).toBe(exact);
  });
});
