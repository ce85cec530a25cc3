import { checkpoint } from './checkpoint.js';
import { earlyStopping } from './early-stopping.js';
import { reduceLearningRateOnPlateau } from './reduce-learning-rate-on-plateau.js';
import { schedule } from './schedule.js';
import { stopWhenEqual } from './stop-when-equal.js';
import { terminateOnNan } from './terminate-on-nan.js';
import { timer } from './timer.js';

export { checkpoint, type CheckpointOptions } from './checkpoint.js';
export { earlyStopping, type EarlyStoppingOptions } from './early-stopping.js';
export { CallbackError } from './errors.js';
export { fitCallbacks, type FitCallbacksOptions, type FitHooks } from './layers-model/fit-callbacks.js';
export type { FitModel } from './layers-model/fit-model.js';
export type { FitLogs } from './layers-model/fit-logs.js';
export {
  reduceLearningRateOnPlateau,
  type ReduceLearningRateOnPlateauOptions,
} from './reduce-learning-rate-on-plateau.js';
export { schedule, type ScheduleOptions } from './schedule.js';
export { stopWhenEqual, type StopWhenEqualOptions } from './stop-when-equal.js';
export { terminateOnNan, type TerminateOnNanOptions } from './terminate-on-nan.js';
export { timer, type TimerOptions } from './timer.js';

/** All callbacks of this package by plugin name. */
export const callbacks = {
  checkpoint,
  'early-stopping': earlyStopping,
  'reduce-learning-rate-on-plateau': reduceLearningRateOnPlateau,
  schedule,
  'stop-when-equal': stopWhenEqual,
  'terminate-on-nan': terminateOnNan,
  timer,
};
