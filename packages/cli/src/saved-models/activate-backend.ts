import type { Activation, NumericsChoice } from '@wellfit/core';
import type { StepWork } from '@wellfit/backends';

/** What computes, and why. */
export interface ActiveBackend {
  readonly name: string;
  /** Why it was chosen. */
  readonly reason: string;
  readonly activation: Activation;
}

/** What the choice depends on. */
export interface ActivateOptions {
  readonly numerics?: NumericsChoice;
  readonly threads?: number | 'auto';
  /** How much a training step computes, asked only where `auto` depends on it. */
  readonly work?: () => Promise<StepWork | undefined>;
}

/** Activates what computes; loaded late, as it takes a while. */
export async function activateBackend(
  request: 'auto' | 'wasm' | 'native' | 'cpu',
  { numerics, threads, work }: ActivateOptions,
): Promise<ActiveBackend> {
  const { startBackend } = await import('@wellfit/backends');
  const { backend, reason, activation } = await startBackend(request, { numerics, threads, work });
  return { name: backend.name, reason, activation };
}
