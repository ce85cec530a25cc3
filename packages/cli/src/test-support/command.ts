import { main } from '../main.js';
import { testHost, type TestHost } from './test-host.js';

/** A small experiment of two arms. */
export const TINY = `name: tiny
dataset: { name: synthetic-reviews, train: 64, validation: 32, test: 1 }
model: { name: mlp, units: [2] }
training: { epochs: 2, batchSize: 16, optimizer: sgd }
arms:
  base:
  l2: { regularizers: { l2: 0.001 } }
`;

/** Runs the command in this process; `prepare` may write files first. */
export async function wellfit(
  args: string,
  prepare?: (host: TestHost) => void,
): Promise<TestHost & { code: number }> {
  const host = testHost(args.split(' ').filter(Boolean));
  prepare?.(host);
  return { ...host, code: await main(host) };
}

/** Writes {@link TINY} as `tiny.yaml`. */
export const tiny = (host: TestHost): void => void host.write('tiny.yaml', TINY);
