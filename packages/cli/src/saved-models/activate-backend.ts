import type { Activation, NumericsChoice } from '@wellfit/core';

/** Activates what computes; loaded late, as it takes a while. */
export async function activateBackend(
  request: 'auto' | 'wasm' | 'native' | 'cpu',
  { numerics, threads }: { readonly numerics?: NumericsChoice; readonly threads?: number | 'auto' },
): Promise<{ readonly name: string; readonly activation: Activation }> {
  const { startBackend } = await import('@wellfit/backends');
  const { backend, activation } = await startBackend(request, { numerics, threads });
  return { name: backend.name, activation };
}
