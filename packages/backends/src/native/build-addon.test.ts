import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildAddon } from './build-addon.js';
import type { BuildPlan } from './build-plan.js';
import { emptyFolder, fakeTfjsNode, script, write } from './fake-installations.test-support.js';

const PRE_BINDING = 'node_modules/@mapbox/node-pre-gyp/lib/pre-binding.js';

async function isRunning(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : ') Z';
    if (/\) Z/.test(stat)) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

/** A plan whose compiler is a script; the file to be made is its only argument. */
function planWith(compiler: string, tfjsNode = fakeTfjsNode()): BuildPlan {
  return {
    tfjsNode,
    tensorflow: { folder: '', libraryFolder: '', libraries: ['', ''], include: '' },
    foundBy: 'asked for',
    compiler,
    addon: join(tfjsNode.folder, 'lib', 'napi-v8', 'tfjs_binding.node'),
    replaces: false,
    compilerArguments: (output) => [output],
  };
}

test('a compile error: the last lines of the compiler, and nothing is left', async () => {
  const compiler = script('g++', 'for i in $(seq 40); do echo "line $i" >&2; done; exit 1');
  const plan = planWith(compiler);
  const result = buildAddon(plan);
  await expect(result).rejects.toMatchObject({ code: 'build-failed' });
  await expect(result).rejects.toThrow(/nothing was changed. Its last lines:\nline 29\n[^]*line 40$/);
  expect(existsSync(join(plan.tfjsNode.folder, 'lib'))).toBe(false);
});

test('no compiler: how to get one', async () => {
  await expect(buildAddon(planWith('no-such-g++'))).rejects.toMatchObject({
    code: 'no-compiler',
    message: expect.stringMatching(
      /no-such-g\+\+ cannot be started.*apt-get install g\+\+.*--compiler/,
    ) as string,
  });
});

test('a folder that cannot be written is named', async () => {
  const tfjsNode = fakeTfjsNode();
  write(tfjsNode.folder, { lib: 'a file where the folder belongs' });
  await expect(buildAddon(planWith('g++', tfjsNode))).rejects.toMatchObject({
    code: 'unwritable',
    message: expect.stringMatching(/cannot be put into .*napi-v8: E[A-Z]+.*Build as the user/) as string,
  });
});

test('an addon that does not load is an error, and an older one stays', async () => {
  const tfjsNode = fakeTfjsNode('', 'old');
  write(tfjsNode.folder, {
    [PRE_BINDING]: '',
    'index.cjs': 'require(require("@mapbox/node-pre-gyp/lib/pre-binding").find())',
  });
  const plan = planWith(script('g++', 'echo no addon > "$1"'), tfjsNode);
  const result = buildAddon(plan);
  await expect(result).rejects.toThrow(
    /built, but it does not load: .*tfjs_binding\.node: .*\. Nothing was changed/,
  );
  expect(readFileSync(plan.addon, 'utf8')).toBe('old');
  expect(readdirSync(dirname(plan.addon))).toEqual(['tfjs_binding.node']);
});

test('an addon that computes wrongly, or ends the process, is refused', async () => {
  const tfjsNode = fakeTfjsNode();
  write(tfjsNode.folder, {
    [PRE_BINDING]: '',
    // The fake addon is no library, so `require` must not take it for one.
    'index.cjs': `require.extensions['.node'] = require.extensions['.json'];
      module.exports = { getBackend: () => 'cpu', matMul: () => ({ dataSync: () => [1] }) };`,
  });
  const plan = planWith(script('g++', 'echo \'{"TF_Version":"2"}\' > "$1"'), tfjsNode);
  await expect(buildAddon(plan)).rejects.toThrow(/gave 1 on cpu, not 19,22,43,50/);
  write(tfjsNode.folder, { 'index.cjs': 'process.kill(process.pid, "SIGSEGV")' });
  await expect(buildAddon(plan)).rejects.toThrow(/the process was ended by SIGSEGV/);
});

test('an abort ends the compiler with what it has started, and leaves nothing', async () => {
  const pidFile = join(emptyFolder(), 'pid');
  const plan = planWith(script('g++', `sleep 60 & echo $! > '${pidFile}'; wait`));
  const abort = new AbortController();
  const result = buildAddon(plan, {
    signal: abort.signal,
    onStage: () => {
      const timer = setInterval(() => {
        if (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '') return;
        clearInterval(timer);
        abort.abort();
      }, 10);
    },
  });
  await expect(result).rejects.toThrow(/abort/i);
  const started = Number(readFileSync(pidFile, 'utf8'));
  // A moment later it is gone, or waits as a zombie for a parent that collects it.
  await expect(isRunning(started)).resolves.toBe(false);
  expect(existsSync(join(plan.tfjsNode.folder, 'lib'))).toBe(false);
});
