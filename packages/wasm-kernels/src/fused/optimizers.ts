import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelHost } from '../host/kernel-host.js';
import type { ParallelName } from '../host/kernel-exports.js';
import { renumber } from '../host/renumber.js';
import { grainsOf, sizeOf } from './elements.js';
import { registerFused } from './register-fused.js';

/**
 * After so many steps the averages that have faded become 0, and weights that a penalty shrank, before they become
 * denormal numbers, with which a step took 75 times as long: see `assembly/tiny.ts`.
 */
const STEPS_A_SWEEP = 16;

/** 2^-100: the step that comes of such a mean is lost beside a weight of 1e-20. */
const TINY = 2 ** -100;

/** 2^-56: lost beside the other weights of its unit; penalties square it, so it is further from 2^-126 than an average. */
const TINY_WEIGHT = 2 ** -56;

/**
 * The steps of optimizers, which change a weight and what is kept for it in place, in one pass: `WellfitSgd`,
 * `WellfitMomentum`, `WellfitRmsprop`, `WellfitAdam` and `WellfitAdagrad`. They have no outputs.
 */
export function registerOptimizers(): void {
  registerStep<Weight, RateAttrs>('WellfitSgd', 'sgd', {}, ({ rate }) => [rate]);
  registerStep<Weight & { m: TensorInfo }, MomentumAttrs>(
    'WellfitMomentum',
    'momentum',
    { m: () => TINY },
    ({ rate, momentum, nesterov }) => [rate, momentum, nesterov ? 1 : 0],
  );
  registerStep<Weight & { v: TensorInfo; mean?: TensorInfo; accumulated?: TensorInfo }, RmspropAttrs>(
    'WellfitRmsprop',
    'rmsprop',
    // Far below what is lost beside epsilon.
    { v: ({ epsilon }) => epsilon * 2 ** -60, mean: () => TINY, accumulated: () => TINY },
    ({ rate, rho, momentum, epsilon }) => [rate, rho, 1 - rho, momentum, epsilon],
  );
  registerStep<Weight & { m: TensorInfo; v: TensorInfo }, AdamAttrs>(
    'WellfitAdam',
    'adam',
    // The root of `v` is less than half a unit in the last place of epsilon.
    { m: () => TINY, v: ({ epsilon }) => epsilon ** 2 * 2 ** -52 },
    ({ rate, decay, beta1, beta2, epsilon }) => [rate, decay, 1 - beta1, 1 - beta2, epsilon],
  );
  // Its sums never fade.
  registerStep<Weight & { accumulator: TensorInfo }, RateAttrs & { epsilon: number }>(
    'WellfitAdagrad',
    'adagrad',
    { accumulator: () => 0 },
    ({ rate, epsilon }) => [rate, epsilon],
  );
}

/**
 * @param kept For each input that is kept from step to step, in the order of the function's parameters, the magnitude
 *   below which it counts as 0.
 * @param constants The numbers that follow the number of elements.
 */
function registerStep<Inputs extends Weight, Attrs extends RateAttrs>(
  kernelName: string,
  name: ParallelName,
  kept: Readonly<Partial<Record<keyof Inputs, (attrs: Attrs) => number>>>,
  constants: (attrs: Attrs) => number[],
): void {
  const bounds = Object.entries<((attrs: Attrs) => number) | undefined>(kept);
  registerFused<Inputs, Attrs>(kernelName, (host: KernelHost, inputs, attrs) => {
    const { weight, gradient } = inputs;
    const size = sizeOf(weight);
    const grains = grainsOf(size);
    const addresses: number[] = [];
    for (const [input] of bounds) {
      addresses.push(host.addressOf(inputs[input as keyof Inputs] as TensorInfo | undefined));
    }
    const args = [host.address(weight), host.address(gradient), ...addresses, size, ...constants(attrs)];
    // Counted by what is moved: these steps wait for memory.
    host.run(name, args, grains, size * (2 + addresses.length));
    renumber(host.backend, weight);
    if (attrs.step % STEPS_A_SWEEP === 0) {
      host.run('dropTiny', [args[0], size, TINY_WEIGHT], grains, size);
      addresses.forEach((address, i) => {
        if (address) host.run('dropTiny', [address, size, bounds[i][1]!(attrs)], grains, size);
      });
    }
    return [];
  });
}

interface Weight {
  readonly weight: TensorInfo;
  readonly gradient: TensorInfo;
}

interface RateAttrs {
  /** Counted from 1. */
  readonly step: number;
  readonly rate: number;
}

interface MomentumAttrs extends RateAttrs {
  readonly momentum: number;
  readonly nesterov: boolean;
}

interface RmspropAttrs extends RateAttrs {
  readonly rho: number;
  readonly momentum: number;
  readonly epsilon: number;
}

interface AdamAttrs extends RateAttrs {
  /** The share of itself that a weight loses before the step; 0 for none. */
  readonly decay: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}
