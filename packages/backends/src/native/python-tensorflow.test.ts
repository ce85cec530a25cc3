import { script } from './fake-installations.test-support.js';
import { pythonTensorflow } from './python-tensorflow.js';

test('gives the folder that Python names', async () => {
  expect(await pythonTensorflow(script('python3', 'echo /a folder/tensorflow'))).toBe('/a folder/tensorflow');
});

test.each([
  ['a Python without TensorFlow', script('python3', 'echo')],
  ['a Python that fails', script('python3', 'exit 1')],
  ['no Python', '/no/such/python3'],
])('%s gives nothing, and is no error', async (_, python) => {
  expect(await pythonTensorflow(python)).toBeUndefined();
});
