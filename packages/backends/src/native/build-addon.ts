import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorMessage } from '@wellfit/core';
import { BackendError } from '../errors.js';
import type { BuildPlan } from './build-plan.js';
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
      await compile(plan, addon, signal);
      const compiled = performance.now();
      onStage?.('trying');
      const version = await proveAddon(plan.tfjsNode, addon, signal);
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

function compile(
  { compiler, compilerArguments }: BuildPlan,
  output: string,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { signal, maxBuffer: 64 * 1024 ** 2 };
    execFile(compiler, compilerArguments(output), options, (error, _, stderr) => {
      if (!error) return resolve();
      if (signal?.aborted) return reject(signal.reason as Error);
      const code: unknown = error.code;
      if (code === 'ENOENT' || code === 'EACCES') {
        return reject(
          new BackendError(
            'no-compiler',
            `The C++ compiler ${compiler} cannot be started. Install it (apt-get install g++), or name one by --compiler.`,
            { cause: error },
          ),
        );
      }
      const lines = stderr.trimEnd().split('\n').slice(-12).join('\n');
      const message = `${compiler} failed, and nothing was changed. Its last lines:\n${lines}`;
      reject(new BackendError('build-failed', message, { cause: error }));
    });
  });
}
