/**
 * Runs `body` while console output is kept off the terminal: TensorFlow.js greets on load, and a greeting in stdout
 * would spoil piped output.
 */
export async function quietly<T>(body: () => Promise<T>): Promise<T> {
  const { log, info, warn } = console;
  const mute = (): void => undefined;
  Object.assign(console, { log: mute, info: mute, warn: mute });
  try {
    return await body();
  } finally {
    Object.assign(console, { log, info, warn });
  }
}
