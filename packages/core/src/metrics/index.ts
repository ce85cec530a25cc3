export { binaryAccuracy } from './binary-accuracy.js';
export { categoricalAccuracy } from './categorical-accuracy.js';
export type { Metric } from './metric.js';
export { defaultMetrics, metrics } from './metrics.js';
