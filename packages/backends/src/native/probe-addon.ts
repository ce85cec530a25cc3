import { existsSync } from 'node:fs';
import type { Probe } from '@wellfit/core';
import type { InstalledPackage } from '../installed-package.js';
import { elfMachine } from './elf-machine.js';
import { addonFile, HOW_TO_INSTALL } from './tfjs-node.js';

/** Looks without loading: the addon starts threads and cannot be unloaded again. */
export function probeAddon(found: InstalledPackage | undefined): Probe {
  if (!found) return { available: false, detail: `not installed: ${HOW_TO_INSTALL}` };
  const name = `tfjs-node ${found.version}`;
  const addon = addonFile(found);
  if (!existsSync(addon)) {
    return { available: false, detail: `${name} is there without its addon: wellfit native build` };
  }
  const machine = process.platform === 'linux' ? elfMachine(addon) : process.arch;
  if (machine === process.arch) return { available: true, detail: name };
  const what = machine === undefined ? 'is damaged' : `is for ${machine}, and this is ${process.arch}`;
  return { available: false, detail: `the addon of ${name} ${what}: wellfit native build` };
}
