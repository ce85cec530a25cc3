/** How long the training loop may keep the thread: short enough for Ctrl-C and a live table. */
const LONGEST_MS = 40;

/** Waits for a turn of the event loop; `setTimeout` alone would cost a millisecond and more. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}

/** Gives way to timers, signals and input now and then. Call between steps. */
export function pacer(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < LONGEST_MS) return;
    await nextTurn();
    last = performance.now();
  };
}
