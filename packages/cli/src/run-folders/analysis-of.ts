import { analyzeExperiment } from '@wellfit/analysis';
import type { ExperimentAnalysis } from '@wellfit/core';
import type { ExperimentRecord } from '@wellfit/reporters';

/** The analysis of an experiment; of one that has not ended, what its runs show so far. */
export function analysisOf({ start, end, runs }: ExperimentRecord): ExperimentAnalysis | undefined {
  if (end || !start) return end?.analysis;
  const { baseline, arms, seeds } = start;
  return analyzeExperiment(runs, { baseline, arms, seeds });
}
