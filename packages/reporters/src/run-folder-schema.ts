import type { Json } from '@wellfit/core';
import { z } from 'zod';
import { schemaVersion } from './schema-version.js';

const count = z.int().min(0);
const logs = z.record(z.string(), z.number());
const status = z.enum(['completed', 'stopped', 'diverged', 'cancelled', 'failed']);
const scope = { arm: z.string(), seed: count };
const epoch = { epoch: z.int().min(1) };
const distribution = z.object({
  name: z.string(),
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  sd: z.number().min(0),
  counts: z.array(count).min(1),
});

/** A line of a run's `events.jsonl`. */
export const runEventSchema = z.discriminatedUnion('type', [
  z.object({
    ...scope,
    type: z.literal('run:start'),
    // Absent in folders of versions before 0.2.
    dataset: z.string().default(''),
    trainRows: count.default(0),
    epochs: count,
    stepsPerEpoch: count,
    parameters: count,
    summary: z.string(),
  }),
  z.object({ ...scope, ...epoch, type: z.literal('epoch:start') }),
  z.object({
    ...scope,
    ...epoch,
    type: z.literal('epoch:end'),
    logs,
    learningRate: z.number(),
    durationMs: z.number().min(0),
    digest: z.string(),
    // Absent in folders of before they were recorded.
    tensors: z.record(z.string(), z.string()).optional(),
    guessingLoss: z.number().min(0).optional(),
  }),
  z.object({
    ...scope,
    type: z.literal('distributions'),
    epoch: count,
    weights: z.array(distribution),
    activations: z.array(distribution),
  }),
  z.object({ ...scope, type: z.literal('training:end'), status, reason: z.string() }),
  z.object({
    ...scope,
    type: z.literal('run:end'),
    status,
    reason: z.string(),
    epochs: count,
    restoredEpoch: count.optional(),
    final: logs.optional(),
    digest: z.string(),
    durationMs: z.number().min(0),
  }),
]);

const interval = z.tuple([z.number(), z.number()]);

const summary = z.object({
  mean: z.number(),
  sd: z.number().nullable(),
  min: z.number(),
  max: z.number(),
  n: count,
  // Absent in folders of before there were intervals.
  interval: interval.optional(),
});

const comparison = z.object({
  arm: z.string(),
  number: z.string(),
  better: z.enum(['lower', 'higher']),
  decides: z.boolean(),
  pairs: z.array(z.object({ seed: count, difference: z.number() })).min(1),
  leftOut: count,
  diverged: count,
  difference: summary,
  bootstrap: interval.optional(),
  superiority: z.number().min(0).max(1),
  p: z.number().min(0).max(1),
  adjustedP: z.number().min(0).max(1),
  leastSeeds: count,
  seedsNeeded: count.optional(),
  declared: z.enum(['better', 'worse']).optional(),
});

const analysis = z.object({
  baseline: z.string(),
  arms: z.array(
    z.object({
      arm: z.string(),
      dataset: z.string().optional(),
      parameters: count,
      runs: count,
      verdict: z.enum([
        'underfit',
        'good fit',
        'overfit',
        'overtrained',
        'diverged',
        'not learning',
        'inconclusive',
      ]),
      evidence: z.string(),
      numbers: z.record(z.string(), summary),
    }),
  ),
  best: z.string().optional(),
  unfinished: z.array(z.object({ arm: z.string(), runs: count, planned: count })).optional(),
  // Absent in folders of before arms were compared.
  comparisons: z.array(comparison).optional(),
});

const numericsSchema = z.enum(['exact', 'fast', 'stock', 'native']);

/** What of a run's `run.json` is checked: all else is in its `events.jsonl`. */
export const runFileSchema = z.object({ numerics: numericsSchema.default('exact') });

/** `experiment.json`. */
export const experimentFileSchema = z.object({
  schemaVersion: z.literal(schemaVersion),
  name: z.string(),
  description: z.string().optional(),
  arms: z.array(z.string()),
  baseline: z.string(),
  seeds: z.array(count),
  startedAt: z.string(),
  backend: z.string(),
  backendDetail: z.string().optional(),
  backendReason: z.string().optional(),
  // Absent in folders of versions before there was a choice.
  numerics: numericsSchema.optional(),
  versions: z.record(z.string(), z.string()),
  pluginFolders: z.array(z.string()).optional(),
  // Whatever JSON.parse returns is Json; nothing here depends on its shape.
  spec: z.custom<Json>(() => true),
  status: z.enum(['running', 'completed', 'cancelled']),
  datasets: z.array(
    z.object({
      dataset: z.string(),
      sizes: z.record(z.string(), count),
      provenance: z.object({
        source: z.string(),
        sha256: z.record(z.string(), z.string()),
        licence: z.string(),
        citation: z.string().optional(),
      }),
    }),
  ),
  warnings: z.array(z.object({ from: z.string(), message: z.string() })),
  durationMs: z.number().min(0).optional(),
  analysis: analysis.optional(),
});
