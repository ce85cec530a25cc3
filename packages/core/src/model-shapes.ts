import type { DatasetShapes, Task } from './contracts/dataset.js';
import type { ModelShapes, OutputActivation } from './contracts/model.js';

const activationOf: Readonly<Record<Task, OutputActivation>> = {
  'binary-classification': 'sigmoid',
  classification: 'softmax',
  regression: 'linear',
};

/** What a model preset needs to know of a dataset. */
export function modelShapes({ inputKind, inputShape, outputs, task }: DatasetShapes): ModelShapes {
  return { inputKind, inputShape, outputs, outputActivation: activationOf[task] };
}
