import { evaluateModel, type Logs, type RunScope, type Split } from '@wellfit/core';
import { CliError } from '../errors.js';
import type { Host } from '../host.js';
import { findSavedModels, type RunChoice } from './find-saved-models.js';
import { modelData, type DataChoice } from './model-data.js';
import { openModel } from './open-model.js';

/** One model's evaluation. */
export interface Evaluation {
  readonly path: string;
  readonly run?: RunScope;
  readonly dataset: string;
  readonly split: Split;
  readonly rows: number;
  /** `loss` (with penalty), `data_loss`, `penalty` and the metrics. */
  readonly logs: Logs;
}

/** What to evaluate. */
export interface EvaluationRequest extends RunChoice, DataChoice {
  readonly reference: string;
  readonly split: Split;
  readonly signal: AbortSignal;
}

/** Evaluates every model that a path stands for, one after the other. */
export async function evaluateModels(request: EvaluationRequest, host: Host): Promise<readonly Evaluation[]> {
  const { reference, split, signal } = request;
  const { models, experiment } = findSavedModels(reference, request, host.cwd);
  const dataOf = await modelData(experiment, request, host, signal);
  const found: Evaluation[] = [];
  for (const model of models) {
    const { dataset, arm } = await dataOf(model);
    const rows = dataset.sizes[split];
    if (rows === 0) throw noSplit(dataset.name, split, dataset.sizes);
    const opened = await openModel(model, dataset);
    try {
      const logs = await evaluateModel({
        model: opened,
        dataset,
        split,
        signal,
        loss: arm?.loss,
        // Noise acts only in training; what is left of them is their penalty.
        regularizers: (arm?.regularizers() ?? []).filter(({ regularizer }) => 'penalty' in regularizer),
      });
      found.push({ ...model, dataset: dataset.name, split, rows, logs });
    } finally {
      opened.dispose();
    }
  }
  return found;
}

function noSplit(name: string, split: Split, sizes: Readonly<Record<Split, number>>): CliError {
  const others = (Object.keys(sizes) as Split[]).filter((other) => sizes[other] > 0);
  return new CliError(
    'bad-option',
    `${name} has no ${split} rows here; there are ${others.join(', ')}. Choose one by --split` +
      (split === 'test' ? ', or keep test rows by --set dataset.validation=0.1, for instance.' : '.'),
  );
}
