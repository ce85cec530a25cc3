import type { Tensor } from '@tensorflow/tfjs-core';
import type { OutputActivation } from '@wellfit/core';
import { unsupported } from './require-trainable.js';
import type { StockModel } from './stock-model.js';

interface StockActivation {
  apply(x: Tensor): Tensor;
  getClassName(): string;
}

/** The identity, under a name that no layer knows and so fuses with nothing. */
const LOGITS: StockActivation = { apply: (x) => x, getClassName: () => 'logits' };

/** How to get at what a model computes before its output activation. */
export interface OutputLogits {
  readonly outputActivation: OutputActivation;
  /** Runs the model with its output activation left out. */
  readonly leavingOut: <T>(run: () => T) => T;
}

/**
 * Finds a model's output activation.
 *
 * @throws LayerError `unsupported-model` where the last layer has none or another than linear, sigmoid and softmax, or
 *   is used in several places.
 */
export function outputLogits(model: StockModel): OutputLogits {
  const last = model.outputs[0].sourceLayer;
  const holder = last as { activation?: StockActivation };
  const outputActivation = holder.activation?.getClassName();
  if (!isKnown(outputActivation)) {
    const what = outputActivation ? `the activation ${outputActivation}` : 'no activation to take off';
    throw unsupported(
      model,
      `ends in the layer ${last.name} (${last.getClassName()}) with ${what}: end it in a dense or activation layer ` +
        'that is linear, sigmoid or softmax',
    );
  }
  if (last.inboundNodes.length > 1) {
    throw unsupported(
      model,
      `uses its last layer ${last.name} in several places: give each a layer of its own`,
    );
  }
  return {
    outputActivation,
    leavingOut(run) {
      const { activation } = holder;
      // The layer looks it up in every call, and nothing else runs until it is back.
      holder.activation = LOGITS;
      try {
        return run();
      } finally {
        holder.activation = activation;
      }
    },
  };
}

function isKnown(activation: string | undefined): activation is OutputActivation {
  return activation === 'linear' || activation === 'sigmoid' || activation === 'softmax';
}
