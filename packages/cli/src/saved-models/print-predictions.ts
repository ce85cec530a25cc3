import { predictRows, type Dataset, type Prediction, type Split } from '@wellfit/core';
import { CliError } from '../errors.js';
import type { Host } from '../host.js';
import { chooseSplit } from './choose-split.js';
import type { RunChoice } from './find-runs.js';
import { findSavedModels } from './find-saved-models.js';
import { modelData, type DataChoice } from './model-data.js';
import { openModel } from './open-model.js';

/** What to predict. */
export interface PredictionRequest extends RunChoice, DataChoice {
  readonly reference: string;
  /** As `chooseSplit` decides where absent. */
  readonly split?: Split;
  /** All by default. */
  readonly rows?: Uint32Array;
  readonly json: boolean;
  readonly signal: AbortSignal;
}

/**
 * Writes the predictions of the first model that a path stands for.
 *
 * @throws CliError `usage` where it stands for several models.
 */
export async function printPredictions(request: PredictionRequest, host: Host): Promise<void> {
  const { reference, rows, json, signal } = request;
  const { models, experiment } = findSavedModels(reference, request, host.cwd);
  if (models.length > 1) {
    const known = models.flatMap(({ run }) => (run ? [`--arms ${run.arm} --seed ${run.seed}`] : []));
    throw new CliError(
      'usage',
      `${reference} holds ${models.length} models; choose one, for instance by ${known[0]}.`,
    );
  }
  const [found] = models;
  const { dataset } = await (await modelData(experiment, request, host, signal))(found);
  const split = chooseSplit(dataset, request.split);
  const size = dataset.sizes[split];
  const wrong = rows?.find((row) => row >= size);
  if (wrong !== undefined) {
    throw new CliError(
      'usage',
      `The ${split} split of ${dataset.name} has ${size} rows, counted from 0; there is no row ${wrong}.`,
    );
  }
  if (split !== (request.split ?? 'test')) {
    host.stderr.write(`note: ${dataset.name} has no test rows here; these are its ${split} rows\n`);
  }
  const model = await openModel(found, dataset);
  try {
    if (!json) host.stdout.write(`${header(dataset).join(',')}\n`);
    for (const prediction of predictRows({ model, dataset, split, rows })) {
      host.stdout.write(
        `${json ? JSON.stringify(named(prediction, dataset)) : csvLine(prediction, dataset)}\n`,
      );
      signal.throwIfAborted();
    }
  } finally {
    model.dispose();
  }
}

/** What the values say: a class, or for regression the values themselves. */
function decide(values: readonly number[], { task }: Dataset): number {
  if (task === 'regression') return values[0];
  if (task === 'binary-classification') return values[0] > 0.5 ? 1 : 0;
  return values.indexOf(Math.max(...values));
}

/** The class that a target stands for: itself, or where the 1 of a one-hot row is. */
function targetOf(target: readonly number[]): number {
  return target.length === 1 ? target[0] : target.indexOf(Math.max(...target));
}

function className(value: number, { classNames }: Dataset): string {
  return classNames?.[value] ?? String(value);
}

function header({ outputs, classNames }: Dataset): string[] {
  const values =
    outputs === 1 ? ['value'] : Array.from({ length: outputs }, (_, i) => classNames?.[i] ?? `value_${i}`);
  return ['row', 'target', 'prediction', ...values].map(csvCell);
}

function csvLine({ row, target, values }: Prediction, dataset: Dataset): string {
  const names = [targetOf(target), decide(values, dataset)].map((value) =>
    csvCell(className(value, dataset)),
  );
  return [row, ...names, ...values.map((value) => value.toPrecision(6))].join(',');
}

function csvCell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function named({ row, target, values }: Prediction, dataset: Dataset): object {
  const text = (value: number): string => className(value, dataset);
  return { row, target: text(targetOf(target)), prediction: text(decide(values, dataset)), values };
}
