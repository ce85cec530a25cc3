export { analyzeExperiment, type AnalyzeOptions } from './analyze-experiment.js';
export { generalizationGap, type EpochGap } from './generalization-gap.js';
export { runNumbers } from './run-numbers.js';
export { runVerdict, type RunVerdict, type RunVerdictOptions } from './run-verdict.js';
export { summarize } from './summarize.js';
export { thresholds } from './thresholds.js';
