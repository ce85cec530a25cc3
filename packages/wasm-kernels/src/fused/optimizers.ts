import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelHost } from '../host/kernel-host.js';
import type { ParallelName } from '../host/kernel-exports.js';
import { renumber } from '../host/renumber.js';
import { registerFused } from './register-fused.js';

/** Elements that are divided among threads in one piece: `ELEMENTS_A_GRAIN` of `assembly/ranges.ts`. */
const ELEMENTS_A_GRAIN = 1024;

/**
 * The steps of optimizers, which change a weight and what is kept for it in place, in one pass: `WellfitSgd`,
 * `WellfitMomentum`, `WellfitRmsprop`, `WellfitAdam` and `WellfitAdagrad`. They have no outputs.
 */
export function registerOptimizers(): void {
  registerStep<Weight, { rate: number }>('WellfitSgd', 'sgd', [], ({ rate }) => [rate]);
  registerStep<Weight & { m: TensorInfo }, MomentumAttrs>(
    'WellfitMomentum',
    'momentum',
    ['m'],
    ({ rate, momentum, nesterov }) => [rate, momentum, nesterov ? 1 : 0],
  );
  registerStep<Weight & { v: TensorInfo; mean?: TensorInfo; accumulated?: TensorInfo }, RmspropAttrs>(
    'WellfitRmsprop',
    'rmsprop',
    ['v', 'mean', 'accumulated'],
    ({ rate, rho, momentum, epsilon }) => [rate, rho, 1 - rho, momentum, epsilon],
  );
  registerStep<Weight & { m: TensorInfo; v: TensorInfo }, AdamAttrs>(
    'WellfitAdam',
    'adam',
    ['m', 'v'],
    ({ rate, decay, beta1, beta2, epsilon }) => [rate, decay, 1 - beta1, 1 - beta2, epsilon],
  );
  registerStep<Weight & { accumulator: TensorInfo }, { rate: number; epsilon: number }>(
    'WellfitAdagrad',
    'adagrad',
    ['accumulator'],
    ({ rate, epsilon }) => [rate, epsilon],
  );
}

/**
 * @param kept Names of the inputs that are kept from step to step, in the order of the function's parameters.
 * @param constants The numbers that follow the number of elements.
 */
function registerStep<Inputs extends Weight, Attrs>(
  kernelName: string,
  name: ParallelName,
  kept: readonly (keyof Inputs)[],
  constants: (attrs: Attrs) => number[],
): void {
  registerFused<Inputs, Attrs>(kernelName, (host: KernelHost, inputs, attrs) => {
    const { weight, gradient } = inputs;
    const size = weight.shape.reduce((product, length) => product * length, 1);
    const addresses = kept.map((input) => host.addressOf(inputs[input] as TensorInfo | undefined));
    const args = [host.address(weight), host.address(gradient), ...addresses, size, ...constants(attrs)];
    // Counted by what is moved: these steps wait for memory.
    host.run(name, args, Math.ceil(size / ELEMENTS_A_GRAIN), size * (2 + kept.length));
    renumber(host.backend, weight);
    return [];
  });
}

interface Weight {
  readonly weight: TensorInfo;
  readonly gradient: TensorInfo;
}

interface MomentumAttrs {
  readonly rate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
}

interface RmspropAttrs {
  readonly rate: number;
  readonly rho: number;
  readonly momentum: number;
  readonly epsilon: number;
}

interface AdamAttrs {
  /** With the corrections of the bias. */
  readonly rate: number;
  /** The share of itself that a weight loses before the step; 0 for none. */
  readonly decay: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}
