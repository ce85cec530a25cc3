import { join } from 'node:path';
import { planBuild } from './build-plan.js';
import { emptyFolder, fakeTfjsNode, wheelFiles, write } from './fake-installations.test-support.js';

const onLinux = process.platform === 'linux' ? test : test.skip;

const request = () => ({
  tensorflow: write(emptyFolder(), wheelFiles()),
  nodeHeaders: write(emptyFolder(), { 'node_api.h': '' }),
  tfjsNode: fakeTfjsNode(),
});

onLinux('names the compiler, what it reads and where the addon goes', async () => {
  const { tensorflow, nodeHeaders, tfjsNode } = request();
  const plan = await planBuild({ tensorflow, nodeHeaders, tfjsNode, compiler: 'c++' });
  expect(plan).toMatchObject({ foundBy: 'asked for', compiler: 'c++', replaces: false });
  expect(plan.addon).toBe(join(tfjsNode.folder, 'lib/napi-v8/tfjs_binding.node'));
  const words = plan.compilerArguments('out.node');
  expect(words).toEqual(
    expect.arrayContaining([
      ...['-std=c++17', '-DNAPI_VERSION=8', `-I${nodeHeaders}`, `-I${join(tensorflow, 'include')}`],
      ...[join(tfjsNode.folder, 'binding/tfjs_backend.cc'), tensorflow],
      ...[join(tensorflow, 'libtensorflow_cc.so.2'), join(tensorflow, 'libtensorflow_framework.so.2')],
    ]),
  );
  expect(words[words.indexOf('-o') + 1]).toBe('out.node');
});

onLinux('says that an addon is there already', async () => {
  const tfjsNode = fakeTfjsNode('', 'old');
  expect(await planBuild({ ...request(), tfjsNode })).toMatchObject({ replaces: true });
});

onLinux('a tfjs-node without its sources is as good as none', async () => {
  const tfjsNode = { folder: emptyFolder(), version: '4.22.0' };
  await expect(planBuild({ ...request(), tfjsNode })).rejects.toMatchObject({
    code: 'backend-missing',
    message: expect.stringContaining('npm install --ignore-scripts @tensorflow/tfjs-node@4.22.0') as string,
  });
});
