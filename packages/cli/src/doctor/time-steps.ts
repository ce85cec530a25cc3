import { modelShapes, randomStreams, train, type ArmPlan, type Dataset } from '@wellfit/core';
import { filter, lastValueFrom, scan, takeWhile, tap } from 'rxjs';

/** The first steps are slower: code is compiled, and memory is taken. */
const WARM_UP = { steps: 5, seconds: 4 };
/** Fewer where they take longer than this in all, but one at least. */
const MEASURED = { steps: 25, seconds: 8 };

/** How long training steps take. */
export interface StepTimes {
  /** The median. */
  readonly msPerStep: number;
  /** How many were timed. */
  readonly steps: number;
}

interface Timing {
  readonly last: number;
  readonly warm: number;
  readonly spent: number;
  readonly times: readonly number[];
}

/**
 * Trains an arm for a few steps as `wellfit run` does and times them, reading of the batch included. Nothing is evaluated.
 *
 * @param onStep Told how many steps were made.
 */
export async function timeSteps(
  arm: ArmPlan,
  dataset: Dataset,
  onStep: (steps: number) => void = () => undefined,
): Promise<StepTimes> {
  const model = arm.preset().build(modelShapes(dataset), randomStreams(1));
  const optimizer = arm.optimizer();
  try {
    const { batchSize, loss } = arm;
    const regularizers = arm.regularizers();
    // Epochs as many as it takes; the evaluations between them are not timed.
    const epochs = WARM_UP.steps + MEASURED.steps;
    const options = { model, dataset, optimizer, epochs, batchSize, loss, regularizers };
    const start: Timing = { last: performance.now(), warm: 0, spent: 0, times: [] };
    const { times } = await lastValueFrom(
      train({ ...options, trainEvaluation: false }).pipe(
        scan((timing: Timing, { type }) => timed(timing, type), start),
        filter(({ warm }) => warm > 0),
        tap(({ warm, times }) => onStep(warm + times.length)),
        takeWhile((timing) => !isEnough(timing), true),
      ),
    );
    const sorted = [...times].sort((a, b) => a - b);
    return { msPerStep: sorted[Math.floor(sorted.length / 2)], steps: sorted.length };
  } finally {
    optimizer.dispose();
    model.dispose();
  }
}

/** A step is from the event before it, which is the one before or the start of its epoch, to its end. */
function timed({ last, warm, spent, times }: Timing, type: string): Timing {
  const now = performance.now();
  const took = now - last;
  if (type !== 'step:end') return { last: now, warm, spent, times };
  // What takes so long in one step, as plain JavaScript may, is not made twice to warm up.
  const isSlow = warm === 0 && took > 1000 * WARM_UP.seconds;
  if (isSlow) return { last: now, warm: 1, spent: 1000 * MEASURED.seconds + took, times: [took] };
  const isWarm = warm >= WARM_UP.steps || (warm > 0 && spent > 1000 * WARM_UP.seconds);
  if (!isWarm) return { last: now, warm: warm + 1, spent: spent + took, times };
  return { last: now, warm, spent: times.length === 0 ? took : spent + took, times: [...times, took] };
}

function isEnough({ spent, times }: Timing): boolean {
  return times.length >= MEASURED.steps || (times.length > 0 && spent > 1000 * MEASURED.seconds);
}
