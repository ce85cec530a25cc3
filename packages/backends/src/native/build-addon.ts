import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorMessage } from '@wellfit/core';
import { BackendError } from '../errors.js';
import type { BuildPlan } from './build-plan.js';
import { compile } from './compile.js';
import { proveAddon } from './prove-addon.js';

/** What is being done at the moment. */
export type BuildStage = 'compiling' | 'trying';

/** Options of {@link buildAddon}. */
export interface BuildOptions {
  readonly signal?: AbortSignal;
  readonly onStage?: (stage: BuildStage) => void;
}

/** How the build went. */
export interface BuildResult {
  /** The version of TensorFlow that computes. */
  readonly version: string;
  readonly compileSeconds: number;
  readonly trySeconds: number;
}

/**
 * Builds the addon of tfjs-node beside its place, tries it, and only then puts it there. What goes wrong or is aborted
 * leaves everything as it was.
 *
 * @throws BackendError `unwritable`, `no-compiler`, `build-failed`; what an abort rejects with.
 */
export async function buildAddon(
  plan: BuildPlan,
  { signal, onStage }: BuildOptions = {},
): Promise<BuildResult> {
  const place = dirname(plan.addon);
  const created = await writing(place, () => mkdir(place, { recursive: true }));
  let built = false;
  try {
    const beside = await writing(place, () => mkdtemp(join(place, '.build-')));
    try {
      const addon = join(beside, 'tfjs_binding.node');
      const start = performance.now();
      onStage?.('compiling');
      await compile(plan.compiler, plan.compilerArguments(addon), signal);
      const compiled = performance.now();
      onStage?.('trying');
      const version = await proveAddon(plan.tfjsNode, addon, builtButFailed, signal);
      const tried = performance.now();
      await writing(place, () => rename(addon, plan.addon));
      built = true;
      return {
        version,
        compileSeconds: (compiled - start) / 1000,
        trySeconds: (tried - compiled) / 1000,
      };
    } finally {
      await rm(beside, { recursive: true, force: true });
    }
  } finally {
    // `created` is the topmost folder that was not there before.
    if (!built && created !== undefined) await rm(created, { recursive: true, force: true });
  }
}

async function writing<T>(folder: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (cause) {
    throw new BackendError(
      'unwritable',
      `The addon cannot be put into ${folder}: ${errorMessage(cause)}. Build as the user who installed tfjs-node, or install it in a folder of your own.`,
      { cause },
    );
  }
}

function builtButFailed(what: string, cause?: unknown): BackendError {
  return new BackendError(
    'build-failed',
    `The addon was built, but ${what}. Nothing was changed. Probably this TensorFlow does not fit tfjs-node 4.22: ` +
      'one known to work is 2.21 (pip install tensorflow-cpu==2.21.0).',
    { cause },
  );
}
