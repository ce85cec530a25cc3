import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installedPackage, type InstalledPackage } from '../installed-package.js';
import { buildAddon } from './build-addon.js';
import { planBuild } from './build-plan.js';
import { emptyFolder, script } from './fake-installations.test-support.js';
import { nodeHeaders } from './node-headers.js';
import { pythonTensorflow } from './python-tensorflow.js';
import { tensorflowInstallation } from './tensorflow-installation.js';
import { TFJS_NODE } from './tfjs-node.js';

/**
 * These compile. They want g++, `npm install --no-save --ignore-scripts @tensorflow/tfjs-node@4.22.0`, and a TensorFlow: in
 * the folder that WELLFIT_TENSORFLOW names, or in python3. Node's headers lie beside Node, or where WELLFIT_NODE_HEADERS
 * says: those of any version will do.
 */
const tensorflow = process.env.WELLFIT_TENSORFLOW || (await pythonTensorflow()) || '';
const headers = process.env.WELLFIT_NODE_HEADERS || undefined;
const installed = installedPackage(TFJS_NODE);
const compiles =
  process.platform === 'linux' && tensorflow !== '' && installed && hasCompiler() && hasHeaders();
const real = compiles ? test : test.skip;

function hasCompiler(): boolean {
  try {
    return execFileSync('g++', ['--version']).length > 0;
  } catch {
    return false;
  }
}

function hasHeaders(): boolean {
  try {
    return nodeHeaders(headers) !== '';
  } catch {
    return false;
  }
}

/** A copy of tfjs-node without its addon, which finds the packages that the original finds. */
function copyOf({ folder, version }: InstalledPackage): InstalledPackage {
  const modules = dirname(dirname(folder));
  const copy = join(emptyFolder(), 'node_modules', '@tensorflow', 'tfjs-node');
  for (const scope of ['@tensorflow', '@mapbox', '']) {
    const from = join(modules, scope);
    const to = join(copy, '..', '..', scope);
    mkdirSync(to, { recursive: true });
    // The scopes are folders of their own by then, and tfjs-node is to be a copy.
    for (const name of readdirSync(from)) {
      if (name !== 'tfjs-node' && !existsSync(join(to, name))) symlinkSync(join(from, name), join(to, name));
    }
  }
  cpSync(folder, copy, { recursive: true, filter: (path) => path !== join(folder, 'lib') });
  return { folder: copy, version };
}

/** The relu of 2 times 3 and 1, by an operation that wants a list of strings. */
const fusedProduct = `
  const given = [[[1, 1], 2], [[1, 1], 3], [[1], 1]];
  const ids = given.map(([shape, value]) => addon.createTensor(shape, addon.TF_FLOAT, Float32Array.of(value)));
  const attributes = [
    { name: 'T', type: addon.TF_ATTR_TYPE, value: addon.TF_FLOAT },
    { name: 'num_args', type: addon.TF_ATTR_INT, value: 1 },
    { name: 'fused_ops', type: addon.TF_ATTR_STRING, value: 'BiasAdd,Relu' },
  ];
  const [product] = addon.executeOp('_FusedMatMul', attributes, ids, 1);
  console.log(JSON.stringify([...addon.tensorDataSync(product.id)]));
`;

/**
 * Asks for gradients of a convolution in the background, and ends while most are not done. The first is one product, 2 times
 * 3, at each of 64 x 64 places.
 */
const inBackground = `
  const places = (value) => addon.createTensor([1, 64, 64, 1], addon.TF_FLOAT, new Float32Array(64 * 64).fill(value));
  const [x, dy] = [places(2), places(3)];
  const sizes = addon.createTensor([4], addon.TF_INT32, Int32Array.of(1, 1, 1, 1));
  const attributes = [
    { name: 'strides', type: addon.TF_ATTR_INT, value: [1, 1, 1, 1] },
    { name: 'padding', type: addon.TF_ATTR_STRING, value: 'SAME' },
    { name: '_wellfit_background', type: addon.TF_ATTR_INT, value: [1, 1, 1, 1] },
  ];
  const [first] = addon.executeOp('Conv2DBackpropFilter', attributes, [x, sizes, dy], 1);
  console.log(JSON.stringify([...first.shape, ...addon.tensorDataSync(first.id)]));
  for (let i = 0; i < 500; i++) addon.executeOp('Conv2DBackpropFilter', attributes, [x, sizes, dy], 1);
`;

/** What a program prints that calls the addon, in a process of its own. */
function runIn(addon: string, program: string): string {
  const whole = `const addon = require(${JSON.stringify(addon)});${program}`;
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' };
  return execFileSync(process.execPath, ['-e', whole], { env }).toString().trim();
}

real(
  'builds an addon that multiplies, and puts it where tfjs-node looks',
  async () => {
    const tfjsNode = copyOf(installed!);
    const plan = await planBuild({ tensorflow, nodeHeaders: headers, tfjsNode });
    const { version } = await buildAddon(plan);
    expect(version).toMatch(/^2\.\d+\.\d+/);
    expect(readdirSync(dirname(plan.addon))).toEqual(['tfjs_binding.node']);
    // In a process of its own, as the user's would be; on stderr would be what TensorFlow has to say.
    const program = `console.log(require(${JSON.stringify(tfjsNode.folder)}).getBackend())`;
    const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' };
    const output = execFileSync('sh', ['-c', '"$0" -e "$1" 2>&1', process.execPath, program], { env });
    expect(output.toString()).toBe('tensorflow\n');
    expect(runIn(plan.addon, fusedProduct)).toBe('[7]');
    expect(runIn(plan.addon, inBackground)).toBe(`[1,1,1,1,${2 * 3 * 64 * 64}]`);
  },
  300_000,
);

real(
  'a TensorFlow without what the addon calls is refused, and nothing is put there',
  async () => {
    const tfjsNode = copyOf(installed!);
    const libraryFolder = emptyFolder();
    for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) {
      const arguments_ = ['-shared', '-x', 'c++', '/dev/null', `-Wl,-soname,${name}`];
      execFileSync('g++', [...arguments_, '-o', join(libraryFolder, name)]);
    }
    symlinkSync(tensorflowInstallation(tensorflow).include, join(libraryFolder, 'include'));
    const plan = await planBuild({ tensorflow: libraryFolder, nodeHeaders: headers, tfjsNode });
    await expect(buildAddon(plan)).rejects.toThrow(
      /does not load: .*undefined symbol: TF.*Probably this TensorFlow/,
    );
    expect(existsSync(plan.addon)).toBe(false);
  },
  300_000,
);

real(
  'an error in the sources shows what the compiler says',
  async () => {
    const compiler = script('g++', 'exec g++ "$@" -DNAPI_EXTERN=oops');
    const plan = await planBuild({
      tensorflow,
      nodeHeaders: headers,
      tfjsNode: copyOf(installed!),
      compiler,
    });
    await expect(buildAddon(plan)).rejects.toThrow(/Its last lines:\n[^]*error: .*was not declared/);
  },
  300_000,
);
