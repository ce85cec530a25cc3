import { backends } from '@wellfit/backends';
import { errorMessage, isWellfitError } from '@wellfit/core';
import { measuredExperiment } from './measured-experiment.js';
import { FIRST_STEP, type MeasureAnswer, type MeasureRequest } from './measure-protocol.js';
import { timeSteps } from './time-steps.js';

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
  answer({ doing: FIRST_STEP });
  const times = await timeSteps(arm, dataset, (steps) => answer({ doing: `step ${steps}` }));
  answer({ detail: activation.detail, numerics: activation.numerics, ...times });
}
