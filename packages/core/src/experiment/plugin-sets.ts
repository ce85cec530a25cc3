import type { CallbackHooks } from '../callback-hooks.js';
import type { Callback } from '../contracts/callback.js';
import type { DatasetSource } from '../contracts/dataset.js';
import type { ModelPreset } from '../contracts/model.js';
import type { Optimizer } from '../contracts/optimizer.js';
import type { Regularizer } from '../contracts/regularizer.js';
import type { PluginMeta } from '../plugin.js';

/** A factory of any options: whoever calls it lets it check them. */
export interface AnyFactory<P> {
  (options?: never): P;
  readonly plugin?: PluginMeta;
}

/** Factories by plugin name, as each plugin package exports them. */
export type PluginSet<P> = Readonly<Record<string, AnyFactory<P>>>;

/** Everything that an experiment can name. */
export interface PluginSets {
  readonly datasets: PluginSet<DatasetSource>;
  readonly models: PluginSet<ModelPreset>;
  readonly optimizers: PluginSet<Optimizer>;
  readonly regularizers: PluginSet<Regularizer>;
  readonly callbacks: PluginSet<Callback | CallbackHooks>;
}
