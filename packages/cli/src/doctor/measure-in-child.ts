import { backends, type BackendName } from '@wellfit/backends';
import { errorMessage, isWellfitError, type Numerics } from '@wellfit/core';
import { measuredExperiment } from './measured-experiment.js';
import { timeSteps, type StepTimes } from './time-steps.js';

/** What a process that measures is told. */
export interface MeasureRequest {
  readonly backend: BackendName;
  /** Undefined for the one that is built in. */
  readonly reference?: string;
  readonly arm: string;
  readonly cwd: string;
}

/** What it answers: how far it is, and at last the times, or why there are none. */
export type MeasureAnswer =
  | { readonly doing: string }
  | ({ readonly detail: string; readonly numerics: Numerics } & StepTimes)
  | { readonly problem: string };

/** This file is the program of a process: backends do not mix, so each is measured in a process of its own. */
process.on('message', (request: MeasureRequest) => {
  const answer = (message: MeasureAnswer): unknown => process.send?.(message);
  measure(request, answer)
    .catch((error: unknown) => {
      const message = errorMessage(error);
      const problem = isWellfitError(error) ? message : `it failed: ${message}`;
      answer({ problem });
    })
    .finally(() => process.disconnect());
});

async function measure(
  { backend, reference, arm: name, cwd }: MeasureRequest,
  answer: (message: MeasureAnswer) => void,
): Promise<void> {
  const { arms, spec } = await measuredExperiment(reference, cwd);
  const arm = arms.find((one) => one.name === name);
  if (!arm) throw new TypeError(`there is no arm ${name}`);
  // Only wasm has fast numerics; the others are measured all the same.
  const { numerics } = spec;
  const made = backend === 'wasm' ? backends.wasm({ numerics }) : backends[backend]();
  answer({ doing: 'starting' });
  const activation = await made.activate();
  answer({ doing: 'loading the data' });
  const dataset = await arm.dataset().load();
  const times = await timeSteps(arm, dataset, (steps) => answer({ doing: `step ${steps}` }));
  answer({ detail: activation.detail, numerics: activation.numerics, ...times });
}
