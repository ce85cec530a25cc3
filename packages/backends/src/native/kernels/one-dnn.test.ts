import { NativeHost } from './native-host.js';
import { onNative, useNative } from './native-kernels.test-support.js';
import { OneDnn } from './one-dnn.js';

useNative();

const setting = process.env.TF_ENABLE_ONEDNN_OPTS;
afterEach(() => {
  if (setting === undefined) delete process.env.TF_ENABLE_ONEDNN_OPTS;
  else process.env.TF_ENABLE_ONEDNN_OPTS = setting;
});

onNative('takes what gives the expected numbers, and nothing else', () => {
  const host = new NativeHost();
  const oneDnn = new OneDnn(host);
  const before = host.binding.getNumOfTensors();
  const numbers = () => host.handle(Float32Array.of(1, 2));
  delete process.env.TF_ENABLE_ONEDNN_OPTS;
  expect(oneDnn.gives([1, 2], numbers)).toBe(true);
  expect(oneDnn.gives([1, 3], numbers)).toBe(false);
  expect(oneDnn.gives([1], numbers)).toBe(false);
  expect(oneDnn.gives([1, 2], () => oneDnn.run('NoSuchOperation', [], [])[0])).toBe(false);
  expect(host.binding.getNumOfTensors()).toBe(before);
});

onNative.each(['0', 'false', 'FALSE'])('takes nothing where TF_ENABLE_ONEDNN_OPTS is %s', (value) => {
  const host = new NativeHost();
  process.env.TF_ENABLE_ONEDNN_OPTS = value;
  expect(new OneDnn(host).gives([1], () => host.handle(Float32Array.of(1)))).toBe(false);
});
