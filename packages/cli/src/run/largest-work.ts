import { cpu, type StepWork } from '@wellfit/backends';
import { modelShapes, randomStreams, type ArmPlan } from '@wellfit/core';
import { convolutionWork } from '@wellfit/layers';

/**
 * How much a training step of the largest arm computes. All arms run on one backend, as they are to be compared, so the
 * largest decides. Models are built on the backend `cpu`, before the one that trains is chosen, and disposed.
 *
 * @returns undefined where that of an arm is not known before its data are loaded, as with a dataset or a model of others.
 */
export async function largestWork(arms: readonly ArmPlan[]): Promise<StepWork | undefined> {
  let largest: StepWork | undefined;
  for (const arm of arms) {
    const multiplications = await stepWork(arm);
    if (multiplications === undefined) return undefined;
    if (multiplications > (largest?.multiplications ?? -1)) largest = { arm: arm.name, multiplications };
  }
  return largest;
}

/** Multiplications of the convolutions of an arm for one batch, forward. */
async function stepWork(arm: ArmPlan): Promise<number | undefined> {
  const { shapes } = arm.dataset();
  if (!shapes) return undefined;
  // What is no image cannot be convolved, and need not be built.
  if (shapes.inputShape.length !== 3) return 0;
  try {
    await cpu().activate();
    const model = arm.preset().build(modelShapes(shapes), randomStreams(1));
    const work = convolutionWork(model.config);
    model.dispose();
    return work === undefined ? undefined : work * arm.batchSize;
  } catch {
    // Why it cannot be built is said when its data are there; and where tensors live on another backend, it stays.
    return undefined;
  }
}
