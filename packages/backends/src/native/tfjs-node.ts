import { packageFile, type InstalledPackage } from '../installed-package.js';

/** The package that brings TensorFlow's library to Node. */
export const TFJS_NODE = '@tensorflow/tfjs-node';

/** How to get it, where nothing of it is there. */
export const HOW_TO_INSTALL =
  `npm install ${TFJS_NODE}@4.22.0, which downloads TensorFlow (x64); where that fails, npm install --ignore-scripts ` +
  `${TFJS_NODE}@4.22.0 and then: wellfit native build`;

/** Where the package looks for its addon; every Node.js that wellfit runs on has the interface napi-v8. */
export function addonFile(tfjsNode: InstalledPackage): string {
  return packageFile(tfjsNode, 'lib', 'napi-v8', 'tfjs_binding.node');
}
