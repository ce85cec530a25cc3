import type { TensorInfo } from '@tensorflow/tfjs-core';
import {
  registerNative,
  type Handle,
  type NativeHost,
  type OpAttribute,
  type Operand,
} from './native-host.js';
import { ResidentVariable } from './resident-variable.js';

/**
 * The steps of optimizers, by TensorFlow's own operations, which change a weight and what is kept for it in place:
 * `WellfitSgd`, `WellfitMomentum`, `WellfitRmsprop` and `WellfitAdam`. They have no outputs. Not `WellfitAdagrad`:
 * TensorFlow's has its epsilon outside of the root.
 */
export function registerOptimizers(host: NativeHost): void {
  const rates = new Changing(host);
  const decays = new Changing(host);

  registerNative<Weight, RateAttrs>('WellfitSgd', ({ weight, gradient }, { rate }) => {
    const [w] = residents(host, [weight]);
    return step(host, 'ResourceApplyGradientDescent', [w, rates.of(rate), gradient]);
  });
  registerNative<Weight & { m: TensorInfo }, MomentumAttrs>(
    'WellfitMomentum',
    ({ weight, gradient, m }, { rate, momentum, nesterov }) => {
      const kept = residents(host, [weight, m]);
      const operands = [...kept, rates.of(rate), gradient, host.constant(momentum)];
      return step(host, 'ResourceApplyKerasMomentum', operands, [host.bool('use_nesterov', nesterov)]);
    },
  );
  registerNative<RmspropInputs, RmspropAttrs>(
    'WellfitRmsprop',
    (inputs, { rate, rho, momentum, epsilon }) => {
      const { weight, gradient, v, mean, accumulated } = inputs;
      const kept = residents(host, [weight, ...(mean ? [mean] : []), v]);
      // TensorFlow always accumulates the steps: without momentum into what the operation overwrites.
      const steps = accumulated ? residents(host, [accumulated])[0] : ResidentVariable.of(host, v).scratch;
      const numbers = [rates.of(rate), ...[rho, momentum, epsilon].map((number) => host.constant(number))];
      return step(host, `ResourceApply${mean ? 'Centered' : ''}RMSProp`, [
        ...kept,
        steps,
        ...numbers,
        gradient,
      ]);
    },
  );
  registerNative<Weight & { m: TensorInfo; v: TensorInfo }, AdamAttrs>(
    'WellfitAdam',
    ({ weight, gradient, m, v }, { rate, decay, beta1, beta2, epsilon }) => {
      if (decay > 0) {
        const lost = host.one('Mul', [weight, decays.of(decay)]);
        const [w] = residents(host, [weight]);
        step(host, 'AssignSubVariableOp', [w, lost]);
        host.free([lost]);
      }
      const kept = residents(host, [weight, m, v]);
      // The rate is corrected for the bias already: with powers of 0 TensorFlow takes it as it is.
      const powers = [host.constant(0), host.constant(0)];
      const numbers = [beta1, beta2, epsilon].map((number) => host.constant(number));
      return step(host, 'ResourceApplyAdam', [...kept, ...powers, rates.of(rate), ...numbers, gradient]);
    },
  );
}

/** A number that may change from step to step, as a tensor: one for all weights of a step. */
class Changing {
  #value = NaN;
  #handle: Handle | undefined;

  constructor(private readonly host: NativeHost) {}

  of(value: number): Handle {
    if (value === this.#value && this.#handle) return this.#handle;
    if (this.#handle) this.host.free([this.#handle]);
    this.#value = value;
    this.#handle = this.host.handle(Float32Array.of(value), []);
    return this.#handle;
  }
}

/** The variables of TensorFlow with these data, ready to be changed. */
function residents(host: NativeHost, tensors: readonly TensorInfo[]): Handle[] {
  return tensors.map((tensor) => {
    const resident = ResidentVariable.of(host, tensor);
    resident.giveUpReading();
    return resident.variable;
  });
}

function step(
  host: NativeHost,
  name: string,
  operands: Operand[],
  attributes: OpAttribute[] = [],
): TensorInfo[] {
  host.run(name, operands, attributes, 0);
  return [];
}

interface Weight {
  readonly weight: TensorInfo;
  readonly gradient: TensorInfo;
}

interface RateAttrs {
  readonly rate: number;
}

interface MomentumAttrs extends RateAttrs {
  readonly momentum: number;
  readonly nesterov: boolean;
}

interface RmspropInputs extends Weight {
  readonly v: TensorInfo;
  readonly mean?: TensorInfo;
  readonly accumulated?: TensorInfo;
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
