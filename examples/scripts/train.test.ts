import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

// Runs the built packages, as a user's script would; `npm test` builds them first.
test('the script trains, stops early and restores the best weights', async () => {
  const script = fileURLToPath(new URL('train.mjs', import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script]);
  expect(stderr).toBe('');
  expect(stdout).toContain('Total params: 8,305');
  expect(stdout).toMatch(/epoch 1 {2}gap \S+ {2}val_accuracy 0\.\d{3}\n/);
  const [, best] = /\nstopped: .* weights of epoch (\d+)\n$/.exec(stdout)!;
  expect(stdout).toContain(`epoch ${Number(best) + 3}  gap`);
  expect(stdout).not.toContain(`epoch ${Number(best) + 4}  gap`);
});
