import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BackendError } from '../errors.js';
import { installedPackage, packageFile, type InstalledPackage } from '../installed-package.js';
import { nodeHeaders } from './node-headers.js';
import { pythonTensorflow } from './python-tensorflow.js';
import { tensorflowInstallation, type TensorflowInstallation } from './tensorflow-installation.js';
import { addonFile, TFJS_NODE } from './tfjs-node.js';

/** Functions of TensorFlow that sources of ours stand before. */
const WRAPPED = [
  ...['TFE_OpSetAttrString', 'TFE_OpSetAttrType', 'TFE_OpSetAttrIntList', 'TFE_NewContext', 'TFE_Execute'],
  ...['TFE_TensorHandleNumDims', 'TFE_TensorHandleDim', 'TFE_DeleteTensorHandle', 'TFE_DeleteContext'],
];

/** Sources of ours; each says what it is for. */
const SOURCES = ['log-level.cc', 'attribute-lists.cc', 'hold-signals.cc', 'background.cc'];

/** What the build of the native addon is told. */
export interface BuildRequest {
  /** A TensorFlow installation. Default: that of `python3`. */
  readonly tensorflow?: string;
  /** Node's headers. Default: those beside the running Node.js. */
  readonly nodeHeaders?: string;
  /** The C++ compiler. Default: `g++`. */
  readonly compiler?: string;
  /** Default: the one that this package would load. */
  readonly tfjsNode?: InstalledPackage;
}

/** Everything that a build of the native addon needs, found and checked. */
export interface BuildPlan {
  readonly tfjsNode: InstalledPackage;
  readonly tensorflow: TensorflowInstallation;
  /** How the TensorFlow was found: `asked for`, or by which Python. */
  readonly foundBy: string;
  readonly compiler: string;
  /** Where the addon will be. */
  readonly addon: string;
  /** Whether one is there already. */
  readonly replaces: boolean;
  /** The arguments of the compiler that put the addon into `output`. */
  readonly compilerArguments: (output: string) => string[];
}

/**
 * Looks for all that `native build` needs; changes nothing.
 *
 * @throws BackendError `unsupported`, `backend-missing`, `no-tensorflow`, `bad-option`, with what to do.
 */
export async function planBuild(request: BuildRequest = {}): Promise<BuildPlan> {
  if (process.platform !== 'linux') {
    throw new BackendError(
      'unsupported',
      `The addon is built on Linux only, and this is ${process.platform}: npm install ${TFJS_NODE}@4.22.0 downloads one.`,
    );
  }
  const tfjsNode = request.tfjsNode ?? installedPackage(TFJS_NODE);
  if (!tfjsNode || !existsSync(packageFile(tfjsNode, 'binding', 'tfjs_binding.cc'))) {
    throw new BackendError(
      'backend-missing',
      `${TFJS_NODE} is not installed, whose sources are built: npm install --ignore-scripts ${TFJS_NODE}@4.22.0`,
    );
  }
  const { path, foundBy } = await whichTensorflow(request.tensorflow);
  const tensorflow = tensorflowInstallation(path);
  const headers = nodeHeaders(request.nodeHeaders);
  const addon = addonFile(tfjsNode);
  return {
    tfjsNode,
    tensorflow,
    foundBy,
    compiler: request.compiler ?? 'g++',
    addon,
    replaces: existsSync(addon),
    compilerArguments: (output) => [
      ...['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8'],
      ...[headers, tensorflow.include, tfjsNode.folder].map((folder) => `-I${folder}`),
      ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => packageFile(tfjsNode, 'binding', name)),
      ...SOURCES.map(ownSource),
      ...['-o', output],
      // The libraries stay where they are: the addon is one file, and comes and goes by one rename. `initfirst` is for
      // log-level.cc, and what is wrapped for the others, which say why.
      '-Wl,-z,initfirst',
      ...WRAPPED.map((name) => `-Wl,--wrap=${name}`),
      ...['-Xlinker', '-rpath', '-Xlinker', tensorflow.libraryFolder],
      ...tensorflow.libraries,
    ],
  };
}

function ownSource(name: string): string {
  return fileURLToPath(new URL(`../../native/${name}`, import.meta.url));
}

async function whichTensorflow(given: string | undefined): Promise<{ path: string; foundBy: string }> {
  if (given !== undefined) return { path: given, foundBy: 'asked for' };
  const path = await pythonTensorflow();
  if (path !== undefined) return { path, foundBy: 'found by python3' };
  throw new BackendError(
    'no-tensorflow',
    'No TensorFlow was found: python3 has none. Install it (pip install tensorflow-cpu), or name one by --tensorflow.',
  );
}
