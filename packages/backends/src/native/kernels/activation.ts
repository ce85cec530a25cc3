import type { TensorInfo } from '@tensorflow/tfjs-core';
import { registerNative, type Handle, type NativeHost } from './native-host.js';

/** What layers compute in the same kernel. */
export interface ActivationAttrs {
  readonly activation: 'linear' | 'relu' | 'sigmoid' | 'tanh';
}

const operations = { relu: 'Relu', sigmoid: 'Sigmoid', tanh: 'Tanh' } as const;

/** `activation(product + bias)`; the product is freed where something follows. */
export function activated(
  host: NativeHost,
  product: Handle,
  bias: TensorInfo | undefined,
  { activation }: ActivationAttrs,
): TensorInfo {
  const sum = bias ? host.one('BiasAdd', [product, bias], [], [product]) : product;
  return host.output(activation === 'linear' ? sum : host.one(operations[activation], [sum], [], [sum]));
}

/**
 * `WellfitReluGradient`, `WellfitSigmoidGradient`, `WellfitTanhGradient`: from `dy` and the output `y` the gradients by the
 * values before the activation, and by the bias. `WellfitBiasGradient`: the sums of `dy` over all axes but the last.
 */
export function registerActivationGradients(host: NativeHost): void {
  const biasGradient = (dz: Handle | TensorInfo): TensorInfo => host.output(host.one('BiasAddGrad', [dz]));

  for (const [kernel, operation, outputFirst] of [
    ['WellfitReluGradient', 'ReluGrad', false],
    ['WellfitSigmoidGradient', 'SigmoidGrad', true],
    ['WellfitTanhGradient', 'TanhGrad', true],
  ] as const) {
    registerNative<{ dy: TensorInfo; y: TensorInfo }, object>(kernel, ({ dy, y }) => {
      const dz = host.one(operation, outputFirst ? [y, dy] : [dy, y]);
      const db = biasGradient(dz);
      return [host.output(dz), db];
    });
  }
  registerNative<{ dy: TensorInfo }, object>('WellfitBiasGradient', ({ dy }) => biasGradient(dy));
}
