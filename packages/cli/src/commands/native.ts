import { Command } from 'commander';
import type { Host } from '../host.js';

const HELP = `
For hosts where the install of @tensorflow/tfjs-node cannot download its library. Needs g++ and a TensorFlow 2:
  $ npm install --ignore-scripts @tensorflow/tfjs-node@4.22.0
  $ pip install tensorflow-cpu
  $ wellfit native build
  $ wellfit native build --tensorflow ~/venv --dry-run`;

/** What the options give. */
export interface BuildArguments {
  readonly tensorflow?: string;
  readonly nodeHeaders?: string;
  readonly compiler: string;
  readonly dryRun?: boolean;
}

/** `wellfit native build`. */
export function nativeCommand(host: Host, done: (code: number) => void): Command {
  const build = new Command('build')
    .description('Build the addon of @tensorflow/tfjs-node against an installed TensorFlow.')
    .option(
      '--tensorflow <path>',
      'its Python package or environment, or its library for C; by default that of python3',
    )
    .option(
      '--node-headers <path>',
      'an unpacked Node.js, or its include/node; by default those beside this Node.js',
    )
    .option('--compiler <command>', 'the C++ compiler', 'g++')
    .option('--dry-run', 'show what would be done, and change nothing')
    .addHelpText('after', HELP)
    .action(async (options: BuildArguments) => {
      const { buildNative } = await import('../native/build-native.js');
      const { interruptible } = await import('../run/interruptible.js');
      done(await interruptible(host, (signal) => buildNative(options, host, signal), ''));
    });
  return new Command('native').description('The native backend.').addCommand(build);
}
