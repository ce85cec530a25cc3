const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * Runs `body` and takes away the process-wide error handlers that it added. The WebAssembly build adds one that
 * rethrows, which would turn every later error into a dump of its minified source.
 */
export async function withoutNewHandlers<T>(body: () => Promise<T>): Promise<T> {
  const before = EVENTS.map((event) => new Set(process.rawListeners(event)));
  try {
    return await body();
  } finally {
    EVENTS.forEach((event, i) => {
      for (const listener of process.rawListeners(event)) {
        if (!before[i].has(listener)) process.off(event, listener as (...values: unknown[]) => void);
      }
    });
  }
}
