import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readRunFolder } from '@wellfit/reporters';
import { useRecordedRun } from '../test-support/recorded-run.js';

const recorded = useRecordedRun();
const HOUR = 3_600_000;

test.each([
  ['killed', 'running'],
  ['cancelled', 'cancelled'],
])('what an experiment took that was %s and resumed is what all its sessions took', async (_, status) => {
  const { cwd, changed, wellfit } = recorded();
  const folder = changed('experiment.json', (text) =>
    text
      .replace('"status": "completed"', `"status": "${status}"`)
      .replace(/"durationMs": [\d.]+/, `"durationMs": ${HOUR}`),
  );
  rmSync(join(cwd, folder, 'l2', '2'), { recursive: true });
  const took = async (): Promise<unknown> => {
    const { experiment } = JSON.parse((await wellfit('show', folder, '--json')).out()) as {
      experiment: { durationMs: number };
    };
    return experiment.durationMs;
  };
  expect(await took()).toBe(HOUR);
  expect((await wellfit('show', folder)).out()).toMatch(
    status === 'running' ? /^Not at their end: 1 of 2 runs of l2\. Where other/m : /^Baseline: base/m,
  );
  const isOpen = status === 'running';
  expect(/, took \S+.* so far$/m.test((await wellfit('show', folder)).out())).toBe(isOpen);

  expect((await wellfit('resume', folder, '-q', '--no-report')).code).toBe(0);
  const { end } = readRunFolder(join(cwd, folder));
  expect(end?.durationMs).toBeGreaterThan(HOUR);
  expect(end?.durationMs).toBeLessThan(HOUR + 60_000);
  expect(await took()).toBe(end?.durationMs);
});
