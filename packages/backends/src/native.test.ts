import { elfHeader, fakeTfjsNode } from './native/fake-installations.test-support.js';
import { nativeFrom } from './native.js';

test('where tfjs-node is not installed, probe and activation say in one line how to get it', async () => {
  const { available, detail } = await nativeFrom(undefined).probe();
  expect(available).toBe(false);
  expect(detail).toMatch(
    /^not installed: npm install @tensorflow\/tfjs-node@4\.22\.0.*wellfit native build$/,
  );
  await expect(nativeFrom(undefined).activate()).rejects.toMatchObject({ code: 'backend-missing' });
});

test('where only the addon is missing, the way to build it', async () => {
  const backend = nativeFrom(fakeTfjsNode());
  expect(await backend.probe()).toEqual({
    available: false,
    detail: 'tfjs-node 4.22.0 is there without its addon: wellfit native build',
  });
  await expect(backend.activate()).rejects.toMatchObject({ code: 'backend-missing' });
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('an addon for another processor, and a damaged one, are seen without loading', async () => {
  const other = process.arch === 'x64' ? 'arm64' : 'x64';
  expect((await nativeFrom(fakeTfjsNode('', elfHeader(other))).probe()).detail).toBe(
    `the addon of tfjs-node 4.22.0 is for ${other}, and this is ${process.arch}: wellfit native build`,
  );
  expect((await nativeFrom(fakeTfjsNode('', 'hm')).probe()).detail).toContain('is damaged');
});

test('an addon that cannot be loaded is an error in one line', async () => {
  const main = 'console.log("hello"); throw new Error("libtensorflow.so.2: cannot open\\n at somewhere")';
  const backend = nativeFrom(fakeTfjsNode(main, elfHeader()));
  expect(await backend.probe()).toEqual({ available: true, detail: 'tfjs-node 4.22.0' });
  await expect(backend.activate()).rejects.toMatchObject({
    code: 'backend-failed',
    message:
      'The backend native does not load: libtensorflow.so.2: cannot open. ' +
      'Build its addon (wellfit native build), or use --backend wasm.',
  });
});
