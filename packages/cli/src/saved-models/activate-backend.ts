/** Activates what computes, as `wellfit run` does; loaded late, as it takes a while. */
export async function activateBackend(name: 'auto' | 'wasm' | 'native' | 'cpu'): Promise<string> {
  const { chooseBackend } = await import('@wellfit/backends');
  const { backend } = await chooseBackend(name);
  await backend.activate();
  return backend.name;
}
