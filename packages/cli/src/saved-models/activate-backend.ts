import type { Activation, NumericsChoice } from '@wellfit/core';

/** Activates what computes; loaded late, as it takes a while. */
export async function activateBackend(
  request: 'auto' | 'wasm' | 'native' | 'cpu',
  { numerics, threads }: { readonly numerics?: NumericsChoice; readonly threads?: number | 'auto' },
): Promise<{ readonly name: string; readonly activation: Activation }> {
  const { chooseBackend } = await import('@wellfit/backends');
  const { backend } = await chooseBackend(request, { numerics, threads });
  return { name: backend.name, activation: await backend.activate() };
}
