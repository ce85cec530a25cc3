import { add, tidy, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import '../register-gradients.js';
import type { Batch } from '../contracts/dataset.js';
import type { Model, Weight } from '../contracts/model.js';
import type { Optimizer } from '../contracts/optimizer.js';
import { CoreError } from '../errors.js';
import { valuesInPlace } from '../kernels/values-in-place.js';
import type { Loss } from '../losses/index.js';
import type { Metric } from '../metrics/index.js';
import type { AppliedRegularizers } from './applied-regularizers.js';
import { weightGradients } from './weight-gradients.js';

/** What one step measured, in training mode, before the update. */
export interface StepResult {
  /** With penalty. */
  readonly loss: number;
  /** Without penalty. */
  readonly dataLoss: number;
  /** In the order of the metrics. */
  readonly metrics: readonly number[];
}

/** What all steps of a run share. */
export interface StepSetup {
  readonly model: Model;
  readonly optimizer: Optimizer;
  readonly loss: Loss;
  readonly metrics: readonly Metric[];
  readonly regularizers: AppliedRegularizers;
}

/**
 * Makes the function that trains on one batch: gradient of loss plus penalty, then one update.
 *
 * A step whose loss is not finite makes no update.
 *
 * @throws CoreError `no-weights` where there is nothing to train; a step `no-gradient` or `bad-gradient`.
 */
export function trainingStep(setup: StepSetup): (batch: Batch, step: number) => StepResult {
  const { model, optimizer, loss, metrics, regularizers } = setup;
  const trainable = model.weights.filter((weight) => weight.trainable);
  if (trainable.length === 0) {
    throw new CoreError(
      'no-weights',
      `The model ${model.name} has no trainable weights: thaw a layer, or evaluate the model instead.`,
    );
  }
  const variables = trainable.map(({ variable }) => variable);

  return ({ inputs, targets }, step) => {
    let result: StepResult = { loss: NaN, dataLoss: NaN, metrics: [] };
    tidy(() => {
      const noise = regularizers.noise?.(step);
      const gradients = weightGradients(() => {
        const logits = model.forward(inputs, { training: true, noise });
        const dataLoss = loss.compute(logits, targets);
        const total: Scalar = regularizers.penalty ? add(dataLoss, regularizers.penalty()) : dataLoss;
        // Read here: what is made inside is freed when `weightGradients` returns.
        const [ofData] = valuesInPlace(dataLoss);
        result = {
          loss: total === dataLoss ? ofData : valuesInPlace(total)[0],
          dataLoss: ofData,
          metrics: metrics.map((metric) => metric.compute(logits, targets)),
        };
        return total;
      }, variables);
      if (Number.isFinite(result.loss)) {
        optimizer.update(
          variables,
          trainable.map((weight, i) => checked(gradients[i], weight)),
        );
      }
    });
    return result;
  };
}

function checked(gradient: Tensor | undefined, { name }: Weight): Tensor {
  if (gradient) return gradient;
  throw new CoreError(
    'no-gradient',
    `The loss does not depend on the weight ${name}: use it in the model, or make it not trainable.`,
  );
}
