import type {
  AnyFactory,
  Backend,
  Named,
  PluginMeta,
  PluginSet,
  PluginSets,
  Reporter,
  ReporterHost,
} from '@wellfit/core';

/** A reporter's factory, which is given its host besides its options. */
export interface ReporterFactory {
  (options: never, host: ReporterHost): Reporter;
  readonly plugin?: PluginMeta;
}

/** Everything that an experiment or the command line can name. */
export interface AllPlugins extends PluginSets {
  readonly reporters: Readonly<Record<string, ReporterFactory>>;
  readonly backends: PluginSet<Backend>;
  readonly initializers: Readonly<Record<string, AnyFactory<Named>>>;
}

/** The plugins of wellfit's own packages. Loads them all, so it is called only where they are needed. */
export async function builtinPlugins(): Promise<AllPlugins> {
  // One after the other: they share most of what they load, so there is nothing to gain by loading side by side.
  const core = await import('@wellfit/core');
  const datasets = await import('@wellfit/datasets');
  const layers = await import('@wellfit/layers');
  const models = await import('@wellfit/models');
  const regularizers = await import('@wellfit/regularizers');
  const callbacks = await import('@wellfit/callbacks');
  const reporters = await import('@wellfit/reporters');
  const backends = await import('@wellfit/backends');
  return {
    datasets: datasets.datasets,
    models: models.models,
    optimizers: core.optimizers,
    regularizers: regularizers.regularizers,
    callbacks: callbacks.callbacks,
    reporters: reporters.reporters,
    backends: backends.backends,
    initializers: layers.initializers,
  };
}
