import type { Dataset } from '../contracts/dataset.js';
import { CoreError, errorMessage } from '../errors.js';
import { modelShapes } from '../model-shapes.js';
import { randomStreams } from '../random/random-stream.js';
import { applyRegularizers } from '../train/applied-regularizers.js';
import type { ArmPlan } from './plan.js';

/**
 * Builds every arm's model once and places its regularizers, before the first run: what does not fit the data must not
 * show only when others have trained for hours.
 *
 * @throws CoreError `bad-arm`, which names all arms that cannot be built, and why.
 */
export function checkModels(arms: readonly ArmPlan[], datasets: ReadonlyMap<string, Dataset>): void {
  const problems = arms.flatMap((arm) => {
    const dataset = datasets.get(arm.datasetKey);
    if (!dataset) return [];
    try {
      const model = arm.preset().build(modelShapes(dataset), randomStreams(1));
      try {
        applyRegularizers(model, arm.regularizers(), 1);
      } finally {
        model.dispose();
      }
      return [];
    } catch (cause) {
      return [{ arm: arm.name, cause }];
    }
  });
  if (problems.length === 0) return;
  const lines = problems.map(({ arm, cause }) => `  arm ${arm}: ${errorMessage(cause)}`);
  const message = `Nothing was trained, since these models cannot be built:\n${lines.join('\n')}`;
  throw new CoreError('bad-arm', message, { cause: problems[0].cause });
}
