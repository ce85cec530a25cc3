/** A wait that is longer than the work before it, and than this, says that a thread was not running. */
const LATE_MS = 0.5;

/** How long to do without the others after a late one, at first and at most. */
const SHORTEST_MS = 20;
const LONGEST_MS = 640;

/**
 * When to do without the other threads: where another program has a core, a chunk that a thread claimed waits until the
 * host lets that thread run again, which takes milliseconds, and training on two threads takes twice as long as on one.
 * So after a late chunk one thread works alone for a while, longer each time that the next one is late again. Results
 * have the same bits either way.
 */
export class Respite {
  #until = 0;
  #length = SHORTEST_MS;

  /** Times are in milliseconds, of one clock. */
  isOn(now: number): boolean {
    return now < this.#until;
  }

  /**
   * To be told of every job on which others were waited for.
   *
   * @param worked How long this thread worked on it.
   * @param waited How long it then waited.
   */
  note(now: number, worked: number, waited: number): void {
    if (waited < LATE_MS || waited < worked) return;
    const again = now - this.#until < this.#length;
    this.#length = again ? Math.min(2 * this.#length, LONGEST_MS) : SHORTEST_MS;
    this.#until = now + this.#length;
  }
}
