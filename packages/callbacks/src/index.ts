import { earlyStopping } from './early-stopping.js';
import { stopWhenEqual } from './stop-when-equal.js';

export { earlyStopping, type EarlyStoppingOptions } from './early-stopping.js';
export { CallbackError } from './errors.js';
export { fitCallbacks, type FitCallbacksOptions, type FitHooks } from './layers-model/fit-callbacks.js';
export type { FitModel } from './layers-model/fit-model.js';
export type { FitLogs } from './layers-model/fit-logs.js';
export { stopWhenEqual, type StopWhenEqualOptions } from './stop-when-equal.js';

/** All callbacks of this package by plugin name. */
export const callbacks = { 'early-stopping': earlyStopping, 'stop-when-equal': stopWhenEqual };
