import { elfHeader, fakeTfjsNode, write } from './fake-installations.test-support.js';
import { proveNative } from './prove-native.js';

const PRE_BINDING = 'node_modules/@mapbox/node-pre-gyp/lib/pre-binding.js';

test('an addon that looks well but whose TensorFlow has gone does not pass', async () => {
  const message = 'libtensorflow_cc.so.2: cannot open shared object file: No such file or directory';
  const tfjsNode = fakeTfjsNode('', elfHeader());
  write(tfjsNode.folder, { [PRE_BINDING]: '', 'index.cjs': `throw new Error(${JSON.stringify(message)})` });
  expect(await proveNative(tfjsNode)).toEqual({
    available: false,
    detail: `tfjs-node 4.22.0 is there, but it does not load: ${message}; build its addon again: wellfit native build`,
  });
});

test('what is not there is not tried', async () => {
  const { available, detail } = await proveNative(fakeTfjsNode());
  expect([available, detail]).toEqual([false, expect.stringContaining('is there without its addon')]);
});
