import { scriptedDistributions } from './scripted-distributions.js';
import type { ArmAnalysis, ExperimentEvent, Logs, RunStatus, Summary } from '@wellfit/core';

/** An arm whose curves follow a formula: how fast it fits, and how fast it overfits. */
export interface ScriptedArm {
  readonly name: string;
  readonly parameters: number;
  /** Training loss falls as `exp(-fit * epoch)`. */
  readonly fit: number;
  /** How much the validation loss rises per epoch after its minimum. */
  readonly overfit: number;
  /** Penalty part of the loss. */
  readonly penalty?: number;
  readonly verdict: ArmAnalysis['verdict'];
  /** `imdb` by default. */
  readonly dataset?: string;
  /** 25,000 by default. */
  readonly trainRows?: number;
  /** Standard deviation of the initial weights, where distributions are played. */
  readonly initialSd?: number;
  /** Ends the runs of this arm after so many epochs. */
  readonly ends?: { readonly after: number; readonly status: RunStatus; readonly reason: string };
}

/** What to play; all parts have defaults that look like an experiment on capacity with 3 arms and 2 seeds. */
export interface Script {
  readonly name?: string;
  readonly description?: string;
  readonly arms?: readonly ScriptedArm[];
  readonly seeds?: readonly number[];
  readonly epochs?: number;
  readonly steps?: number;
  /** Plays `distributions` before and after training. */
  readonly distributions?: boolean;
  /** Leaves out everything after this many events and cancels the experiment. */
  readonly cancelAfter?: number;
}

/** Three sizes of model: too small, about right, much too large. */
export const capacityArms: readonly ScriptedArm[] = [
  { name: '4-4', parameters: 40_029, fit: 0.12, overfit: 0.004, verdict: 'good fit' },
  { name: '16-16', parameters: 160_305, fit: 0.22, overfit: 0.022, verdict: 'overfit' },
  { name: '512-512', parameters: 5_383_681, fit: 0.55, overfit: 0.042, verdict: 'overtrained' },
];

/** The events of a scripted experiment, in the order in which core sends them. */
export function scriptedExperiment(script: Script = {}): ExperimentEvent[] {
  const { arms = capacityArms, seeds = [1, 2], name = 'imdb-capacity' } = script;
  const whole = [...opening(name, script.description, arms, seeds)];
  for (const seed of seeds) for (const arm of arms) whole.push(...run(arm, seed, script));
  const cancelled = script.cancelAfter !== undefined && script.cancelAfter < whole.length;
  const played = cancelled ? cancelRun(whole.slice(0, script.cancelAfter)) : whole;
  return [...played, ending(arms, played, cancelled)];
}

/** A made-up SHA-256 that differs for each name. */
export function scriptedDigest(name: string): string {
  let state = 7;
  for (const letter of name) state = (state * 31 + letter.charCodeAt(0)) % 0xffff_fffb;
  return Array.from({ length: 8 }, (_, i) =>
    ((state * (i + 3)) % 0xffff_fffb).toString(16).padStart(8, '0'),
  ).join('');
}

function* opening(
  name: string,
  description: string | undefined,
  arms: readonly ScriptedArm[],
  seeds: readonly number[],
): Generator<ExperimentEvent> {
  yield {
    type: 'experiment:start',
    name,
    description: description ?? 'Does a larger network fit the reviews better?',
    arms: arms.map((arm) => arm.name),
    baseline: arms[0].name,
    seeds,
    startedAt: '2026-11-20T09:30:00.000Z',
    backend: 'wasm',
    versions: { wellfit: '0.1.0', node: '20.20.2', '@tensorflow/tfjs-core': '4.22.0' },
    spec: {
      name,
      seeds,
      dataset: { name: 'imdb', numWords: 10000 },
      training: { epochs: 20, batchSize: 512 },
    },
  };
  const progress = {
    type: 'dataset:progress',
    dataset: 'imdb',
    file: 'imdb.npz',
    total: 17_464_789,
  } as const;
  for (const done of [0, 4_400_000, 9_000_000, 14_000_000, 17_464_789]) {
    yield { ...progress, stage: 'download', done };
  }
  yield {
    type: 'dataset:ready',
    dataset: 'imdb',
    sizes: { train: 25_000, validation: 25_000, test: 0 },
    provenance: {
      source: 'https://storage.googleapis.com/tensorflow/tf-keras-datasets/imdb.npz',
      sha256: { 'imdb.npz': scriptedDigest('imdb.npz') },
      licence: 'for research',
      citation: 'Maas et al., Learning Word Vectors for Sentiment Analysis, ACL 2011',
    },
  };
}

function* run(
  arm: ScriptedArm,
  seed: number,
  { epochs = 20, steps = 4, distributions = false }: Script,
): Generator<ExperimentEvent> {
  const scope = { arm: arm.name, seed };
  const summary = `Total params: ${arm.parameters}`;
  const { parameters, dataset = 'imdb', trainRows = 25_000, initialSd = 0.1 } = arm;
  const data = { dataset, trainRows };
  yield { ...scope, type: 'run:start', ...data, epochs, stepsPerEpoch: steps, parameters, summary };
  if (distributions) yield { ...scope, ...scriptedDistributions(initialSd, 0) };
  const last = Math.min(epochs, arm.ends?.after ?? epochs);
  for (let epoch = 1; epoch <= last; epoch += 1) {
    const logs = curves(arm, seed, epoch);
    yield { ...scope, type: 'epoch:start', epoch };
    for (let step = 1; step <= steps; step += 1) {
      yield {
        ...scope,
        type: 'step:end',
        epoch,
        step,
        steps,
        logs: { loss: logs.loss, accuracy: logs.accuracy },
      };
    }
    const digest = scriptedDigest(`${arm.name}/${seed}/${epoch}`);
    yield { ...scope, type: 'epoch:end', epoch, logs, learningRate: 0.001, durationMs: 1_240, digest };
  }
  const { status, reason } = arm.ends ?? { status: 'completed', reason: `reached ${epochs} epochs` };
  yield { ...scope, type: 'training:end', status, reason };
  if (distributions) yield { ...scope, ...scriptedDistributions(initialSd, last) };
  yield {
    ...scope,
    type: 'run:end',
    status,
    reason,
    epochs: last,
    ...(status === 'stopped' ? { restoredEpoch: last - 2 } : {}),
    ...(last > 0 ? { final: { loss: 0.3, accuracy: 0.88 } } : {}),
    digest: scriptedDigest(`${arm.name}/${seed}`),
    durationMs: last * 1_300,
  };
}

function curves(arm: ScriptedArm, seed: number, epoch: number): Logs {
  const noise = Math.sin(seed * 12.9 + epoch * 78.2) * 0.006 + Math.sin(seed * 5.3) * 0.012;
  const { penalty = 0 } = arm;
  const train = 0.66 * Math.exp(-arm.fit * epoch) + 0.004;
  const turn = Math.log(6) / arm.fit;
  const validation =
    0.27 + 0.38 * Math.exp(-1.6 * arm.fit * epoch) + arm.overfit * Math.max(0, epoch - turn) + noise;
  const accuracy = 1 - train / 2.4;
  const valAccuracy =
    0.892 - 0.28 * Math.exp(-1.8 * arm.fit * epoch) - 0.05 * arm.overfit * epoch + noise / 3;
  return {
    loss: train * 1.06 + penalty,
    accuracy: accuracy - 0.004,
    val_loss: validation + penalty,
    val_accuracy: valAccuracy,
    data_loss: train * 1.06,
    val_data_loss: validation,
    penalty,
    train_loss: train,
    train_accuracy: accuracy,
  };
}

function cancelRun(events: readonly ExperimentEvent[]): ExperimentEvent[] {
  const starts = events.flatMap((event) => (event.type === 'run:start' ? [event] : []));
  const open = starts.at(-1);
  if (
    open === undefined ||
    events.some((e) => e.type === 'run:end' && e.arm === open.arm && e.seed === open.seed)
  ) {
    return [...events];
  }
  const { arm, seed } = open;
  const epochs = events.filter((e) => e.type === 'epoch:end' && e.arm === arm && e.seed === seed).length;
  const scope = { arm, seed, status: 'cancelled', reason: 'cancelled by the user' } as const;
  return [
    ...events,
    { ...scope, type: 'training:end' },
    { ...scope, type: 'run:end', epochs, digest: scriptedDigest('cancelled'), durationMs: 4_000 },
  ];
}

function ending(
  arms: readonly ScriptedArm[],
  played: readonly ExperimentEvent[],
  cancelled: boolean,
): ExperimentEvent {
  const analyses = arms.map((arm) => analysis(arm, played));
  const best = analyses
    .filter(({ runs }) => runs > 0)
    .sort((a, b) => a.numbers.lowest_val_data_loss.mean - b.numbers.lowest_val_data_loss.mean)[0]?.arm;
  return {
    type: 'experiment:end',
    status: cancelled ? 'cancelled' : 'completed',
    durationMs: 161_400,
    analysis: { baseline: arms[0].name, arms: analyses, ...(best !== undefined ? { best } : {}) },
  };
}

function analysis(arm: ScriptedArm, played: readonly ExperimentEvent[]): ArmAnalysis {
  const bySeed = new Map<number, Logs[]>();
  for (const event of played) {
    if (event.type !== 'epoch:end' || event.arm !== arm.name) continue;
    bySeed.set(event.seed, [...(bySeed.get(event.seed) ?? []), event.logs]);
  }
  const runs = [...bySeed.values()];
  const common = { arm: arm.name, parameters: arm.parameters, runs: runs.length };
  if (runs.length === 0)
    return { ...common, verdict: 'inconclusive', evidence: 'No epoch was finished.', numbers: {} };
  const lowest = (key: string) => runs.map((epochs) => Math.min(...epochs.map((logs) => logs[key])));
  const last = (key: string) => runs.map((epochs) => epochs[epochs.length - 1][key]);
  const lows = lowest('val_loss');
  const gaps = last('val_data_loss').map((value, i) => value - last('train_loss')[i]);
  const at = runs.map((epochs, i) => epochs.findIndex((logs) => logs.val_loss === lows[i]) + 1);
  return {
    ...common,
    verdict: arm.verdict,
    evidence: `Validation loss was lowest (${lows[0].toFixed(3)}) at epoch ${at[0]} and the gap ended at ${gaps[0].toFixed(3)}.`,
    numbers: {
      lowest_val_loss: summarize(lows),
      lowest_val_loss_epoch: summarize(at),
      lowest_val_data_loss: summarize(lowest('val_data_loss')),
      peak_val_accuracy: summarize(
        runs.map((epochs) => Math.max(...epochs.map((logs) => logs.val_accuracy))),
      ),
      final_val_loss: summarize(last('val_loss')),
      final_val_data_loss: summarize(last('val_data_loss')),
      final_val_accuracy: summarize(last('val_accuracy')),
      final_train_loss: summarize(last('train_loss')),
      final_train_accuracy: summarize(last('train_accuracy')),
      final_gap: summarize(gaps),
      epochs: summarize(runs.map((epochs) => epochs.length)),
      seconds_per_epoch: summarize(runs.map(() => 1.24)),
    },
  };
}

function summarize(values: readonly number[]): Summary {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    sd: n > 1 ? Math.sqrt(squares / (n - 1)) : null,
    min: Math.min(...values),
    max: Math.max(...values),
    n,
  };
}
