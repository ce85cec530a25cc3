export type * from './contracts/analysis.js';
export type * from './contracts/backend.js';
export type * from './contracts/callback.js';
export type * from './contracts/checkpoint.js';
export type * from './contracts/dataset.js';
export type * from './contracts/events.js';
export type * from './contracts/history.js';
export type * from './contracts/model.js';
export type * from './contracts/model-store.js';
export type * from './contracts/named.js';
export type * from './contracts/optimizer.js';
export type * from './contracts/regularizer.js';
export type * from './contracts/reporter.js';
export { CoreError, errorMessage, isWellfitError, WellfitError, type Problem } from './errors.js';
export { modelShapes } from './model-shapes.js';
export { copyRows, isMultiHot, multiHotRows, selectRows, type MultiHot } from './multi-hot.js';
export { definePlugin, noOptions, type PluginFactory, type PluginMeta } from './plugin.js';
export {
  keyedStream,
  randomStream,
  randomStreams,
  type RandomStream,
  type ReservedNumbers,
} from './random/random-stream.js';
export { fromHooks, toCallback, type CallbackHooks, type HookRun } from './callback-hooks.js';
export {
  experimentSchema,
  type ExperimentInput,
  type ExperimentSpec,
  type PluginPatch,
  type PluginUse,
} from './experiment/schema.js';
export { experimentJsonSchema, type JsonSchema } from './experiment/experiment-json-schema.js';
export { applyOverrides, type AppliedOverride, type Override } from './experiment/overrides.js';
export { parseExperiment } from './experiment/parse-experiment.js';
export { planExperiment } from './experiment/plan-experiment.js';
export type { AnyFactory, PluginSet, PluginSets } from './experiment/plugin-sets.js';
export { problemList, problemText, shownValue } from './experiment/problem-text.js';
export { resolveArms, type PluginOption, type ResolvedArm } from './experiment/resolve-arms.js';
export { schemaProblems } from './experiment/schema-problems.js';
export { suggest } from './experiment/suggest.js';
export type { ArmPlan, ExperimentPlan } from './experiment/plan.js';
export {
  binaryCrossentropy,
  categoricalCrossentropy,
  lossFor,
  losses,
  meanSquaredError,
  type Loss,
  type LossName,
} from './losses/index.js';
export {
  binaryAccuracy,
  categoricalAccuracy,
  defaultMetrics,
  metrics,
  type Metric,
} from './metrics/index.js';
export {
  adagrad,
  adam,
  adamw,
  momentum,
  optimizers,
  rmsprop,
  sgd,
  type AdagradOptions,
  type AdamOptions,
  type AdamwOptions,
  type MomentumOptions,
  type RmspropOptions,
  type SgdOptions,
} from './optimizers/index.js';
export { disposeBatch } from './dispose-batch.js';
export { HistoryRecorder } from './experiment/history-recorder.js';
export { canonicalJson } from './experiment/canonical-json.js';
export { runArm, type ArmRun, type OnCheckpoint, type OnTrained } from './experiment/run-arm.js';
export { runKey } from './experiment/run-key.js';
export { shareLoads } from './experiment/share-loads.js';
export {
  runExperiment,
  type RunExperimentOptions,
  type RunRunner,
  type RunTask,
} from './experiment/run-experiment.js';
export { runReporters, type ReporterFailure } from './experiment/run-reporters.js';
export { digestTensors } from './train/digest.js';
export { evaluate, type EvaluateOptions } from './train/evaluate.js';
export { evaluateModel, type EvaluateModelOptions } from './train/evaluate-model.js';
export { predict, predictRows, type Prediction, type PredictRowsOptions } from './train/predict.js';
export { shuffledRows } from './train/shuffled-rows.js';
export { callbackError, Steering, type SentCommand } from './train/steering.js';
export { train } from './train/train.js';
export type { TrainOptions } from './train/train-options.js';
export { WeightSlots } from './train/weight-slots.js';
export { hasKernel, runInPlace, runKernel, type KernelInputs } from './kernels/backend-kernel.js';
export { fusedOp, type FusedOp, type FusedOpConfig } from './kernels/fused-op.js';
export { ownData } from './kernels/own-data.js';
