import type { Probe } from '@wellfit/core';
import { BackendError } from '../errors.js';
import { installedPackage, type InstalledPackage } from '../installed-package.js';
import { probeAddon } from './probe-addon.js';
import { proveAddon } from './prove-addon.js';
import { addonFile, TFJS_NODE } from './tfjs-node.js';

/**
 * What there is of the native backend, as its probe says, and whether it loads and computes, for instance where the
 * TensorFlow of its addon has gone. Tried in a process of its own, which takes about a second.
 *
 * @param found The tfjs-node to try. Default: the one that is installed.
 */
export async function proveNative(
  found: InstalledPackage | undefined = installedPackage(TFJS_NODE),
): Promise<Probe> {
  const probe = probeAddon(found);
  if (!found || !probe.available) return probe;
  const broken = (what: string, cause?: unknown): BackendError =>
    new BackendError(
      'backend-failed',
      `${probe.detail} is there, but ${what}; build its addon again: wellfit native build`,
      { cause },
    );
  try {
    const version = await proveAddon(found, addonFile(found), broken);
    return { available: true, detail: `${probe.detail}, TensorFlow ${version}` };
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    return { available: false, detail: error.message };
  }
}
