import type { BackendName } from '@wellfit/backends';
import type { Numerics } from '@wellfit/core';
import type { StepTimes } from './time-steps.js';

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

/** What is being done when steps begin; the first can take minutes in plain JavaScript. */
export const FIRST_STEP = 'first step';
