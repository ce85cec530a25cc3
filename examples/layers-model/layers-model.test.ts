import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

// Runs the built packages, as a user's script would; `npm test` builds them first.
async function outputOf(name: string): Promise<string> {
  const script = fileURLToPath(new URL(name, import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script]);
  expect(stderr).toBe('');
  return stdout;
}

test('early stopping ends a stock fit and brings the best weights back', async () => {
  const stdout = await outputOf('early-stopping-in-fit.js');
  const losses = [...stdout.matchAll(/val_loss (\d\.\d+)/g)].map(([, loss]) => Number(loss));
  expect(losses.length).toBeLessThan(60);
  expect(stdout).toContain(`stopped after ${losses.length} epochs\n`);
  const [, restored] = /as it is now: (\S+)\n$/.exec(stdout)!;
  expect(Number(restored)).toBe(Math.min(...losses));
  expect(losses.at(-6)).toBe(Math.min(...losses));
});

test('a penalty makes weights small and dropout replays in a stock fit', async () => {
  const stdout = await outputOf('regularizers-in-fit.js');
  const [, plain, sparse] = /: (\d+) without penalty, (\d+) with l1\n/.exec(stdout)!;
  expect(Number(sparse)).toBe(1);
  expect(Number(plain)).toBeGreaterThan(1);
  expect(stdout).toMatch(/dropout: (\d\.\d+), and again \1\n/);
});

test('wellfit trains a stock convolutional network', async () => {
  const stdout = await outputOf('train-a-layers-model.js');
  const accuracies = [...stdout.matchAll(/val_accuracy (\d\.\d+)/g)].map(([, accuracy]) => Number(accuracy));
  expect(Math.max(...accuracies)).toBeGreaterThan(0.7);
  expect(stdout).toMatch(/the first test image is a \d\n$/);
});
