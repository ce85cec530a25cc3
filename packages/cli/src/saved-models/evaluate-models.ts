import { evaluateModel, type Logs, type RunScope, type RunStatus, type Split } from '@wellfit/core';
import type { Host } from '../host.js';
import { chooseSplit } from './choose-split.js';
import type { RunChoice } from './find-runs.js';
import { findSavedModels } from './find-saved-models.js';
import { modelData, type DataChoice } from './model-data.js';
import { openModel } from './open-model.js';

/** One model's evaluation. */
export interface Evaluation {
  readonly path: string;
  readonly run?: RunScope;
  /** How the run ended; absent without one. */
  readonly status?: RunStatus;
  readonly dataset: string;
  readonly split: Split;
  readonly rows: number;
  /** `loss` (with penalty), `data_loss`, `penalty` and the metrics. */
  readonly logs: Logs;
}

/** What to evaluate. */
export interface EvaluationRequest extends RunChoice, DataChoice {
  readonly reference: string;
  /** As `chooseSplit` decides where absent. */
  readonly split?: Split;
  readonly signal: AbortSignal;
}

/** Evaluates every model that a path stands for, one after the other. */
export async function evaluateModels(request: EvaluationRequest, host: Host): Promise<readonly Evaluation[]> {
  const { reference, signal } = request;
  const { models, experiment } = findSavedModels(reference, request, host.cwd);
  const dataOf = await modelData(experiment, request, host, signal);
  if (experiment && (request.dataset !== undefined || request.overrides.length > 0)) {
    // Another split or seed of the split deals the rows anew.
    host.stderr.write('note: the data was changed, so it may hold rows that the models were trained on\n');
  }
  const found: Evaluation[] = [];
  for (const model of models) {
    const { dataset, arm } = await dataOf(model);
    const split = chooseSplit(dataset, request.split);
    const rows = dataset.sizes[split];
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
