import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

// Runs the built packages, as a user's script would; `npm test` builds them first.
test('a stock fit reaches the same losses with the training kernels', async () => {
  const script = fileURLToPath(new URL('faster-fit.js', import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script]);
  expect(stderr).toBe('');
  expect(stdout).toContain('\ntraining kernels registered, threads: ');
  const [before, after] = ['before', 'after'].map((name) => {
    const [, losses] = new RegExp(`^${name}: \\d+\\.\\d{3} s an epoch, losses (.+)$`, 'm').exec(stdout)!;
    return losses.split(' ').map(Number);
  });
  expect(before).toHaveLength(3);
  expect(before[2]).toBeLessThan(before[0]);
  // Sums are in another order: float rounding, five digits printed.
  before.forEach((loss, epoch) => expect(Math.abs(after[epoch] - loss)).toBeLessThan(2e-4));
  expect(stdout).toMatch(/\n\d+\.\d times as fast\n$/);
});
