import { wellfit } from '../test-support/command.js';

test('the help says what is needed', async () => {
  const { code, out } = await wellfit('native build --help');
  expect(code).toBe(0);
  expect(out()).toMatch(/--tensorflow <path>[^]*--dry-run[^]*npm install --ignore-scripts/);
});

test.each([
  [
    'native build --tensorflow nowhere',
    /There is no .*nowhere\. Name a TensorFlow 2|tfjs-node is not installed/,
  ],
  ['native build --tensorflow .', /holds no libtensorflow_cc\.so\.2|tfjs-node is not installed/],
  ['native bild', /unknown command 'bild'/],
])('%s: an error in one line, nothing on stdout', async (args, message) => {
  const { code, out, err } = await wellfit(args);
  expect(code).not.toBe(0);
  expect(out()).toBe('');
  expect(err()).toMatch(message);
  expect(err()).not.toMatch(/bug in wellfit|\n\s+at /);
});
