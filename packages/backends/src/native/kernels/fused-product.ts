import type { TensorInfo } from '@tensorflow/tfjs-core';
import { activated, type ActivationAttrs } from './activation.js';
import type { Handle, NativeHost, OpAttribute, Operand } from './native-host.js';
import { OneDnn } from './one-dnn.js';

/** What is multiplied, and how. */
export interface Product {
  readonly operands: readonly [x: Operand, kernel: Operand];
  readonly attributes: readonly OpAttribute[];
}

/** Computes `activation(product + bias)`. */
export type FusedProduct = (
  product: Product,
  bias: TensorInfo | undefined,
  attrs: ActivationAttrs,
) => TensorInfo;

/**
 * Makes what computes a product with its bias and relu in one pass: where oneDNN is there, and the addon is one of `wellfit
 * native build`, as another cannot hand over what that operation wants. Else it calls an operation for each.
 *
 * @param name The operation of the product.
 * @param trial Numbers 2 and 3 are multiplied to see what is there: in tensors of this rank, with these attributes.
 */
export function fusedProduct(
  host: NativeHost,
  name: 'Conv2D' | 'MatMul',
  trial: { readonly rank: number; readonly attributes: readonly OpAttribute[] },
): FusedProduct {
  const oneDnn = new OneDnn(host);
  const inOnePass = ({ operands, attributes }: Product, bias: Operand, relu: boolean): Handle => {
    const fused = [
      host.type('T', host.binding.TF_FLOAT),
      ...(name === 'Conv2D' ? [host.type('TArgs', host.binding.TF_FLOAT)] : []),
      host.int('num_args', 1),
      host.string('fused_ops', relu ? 'BiasAdd,Relu' : 'BiasAdd'),
    ];
    return oneDnn.run(`Fused${name}`, [...operands, bias], [...attributes, ...fused])[0];
  };
  const fuses = oneDnn.gives([7], () => {
    const shape = Array.from({ length: trial.rank }, () => 1);
    const [x, kernel, bias] = [2, 3, 1].map((value, i) =>
      host.handle(Float32Array.of(value), i < 2 ? shape : [1]),
    );
    const { attributes } = trial;
    try {
      return inOnePass({ operands: [x, kernel], attributes }, bias, true);
    } finally {
      host.free([x, kernel, bias]);
    }
  });

  return (product, bias, { activation }) => {
    if (!fuses || !bias)
      return activated(host, host.one(name, product.operands, product.attributes), bias, { activation });
    const relu = activation === 'relu';
    const sum = inOnePass(product, bias, relu);
    return relu ? host.output(sum) : activated(host, sum, undefined, { activation });
  };
}
