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
  // All functions are made once for the run: the compiled code of those that a step makes anew is forgotten with them.
  let batch: Batch;
  let step: number;
  let result: StepResult;

  const forward = (): Scalar => {
    const noise = regularizers.noise?.(step);
    const logits = model.forward(batch.inputs, { training: true, noise });
    const dataLoss = loss.compute(logits, batch.targets);
    const total: Scalar = regularizers.penalty ? add(dataLoss, regularizers.penalty()) : dataLoss;
    // Read here: what is made inside is freed when `weightGradients` returns.
    const [ofData] = valuesInPlace(dataLoss);
    const values: number[] = [];
    for (const metric of metrics) values.push(metric.compute(logits, batch.targets));
    result = {
      loss: total === dataLoss ? ofData : valuesInPlace(total)[0],
      dataLoss: ofData,
      metrics: values,
    };
    return total;
  };
  const train = (): void => {
    const gradients = weightGradients(forward, variables);
    if (Number.isFinite(result.loss)) optimizer.update(variables, checked(gradients, trainable));
  };

  return (givenBatch, givenStep) => {
    batch = givenBatch;
    step = givenStep;
    tidy(train);
    return result;
  };
}

function checked(gradients: readonly (Tensor | undefined)[], weights: readonly Weight[]): readonly Tensor[] {
  const missing = gradients.indexOf(undefined);
  if (missing < 0) return gradients as readonly Tensor[];
  throw new CoreError(
    'no-gradient',
    `The loss does not depend on the weight ${weights[missing].name}: use it in the model, or make it not trainable.`,
  );
}
