import type { CrewPlace } from './work-in-crew.js';

/** Most parameters of a kernel, `begin` and `end` not counted. */
export const MOST_PARAMETERS = 24;

/** Most chunks of a job: what fits beside `next` in a positive 32-bit integer. */
export const MOST_CHUNKS = 0x7fff;

const PARAMETERS_AT = 64;

/**
 * The block of the heap through which the threads agree who does what: places of 32-bit integers, then the parameters
 * as 64-bit floats, which hold addresses, counts and floats alike.
 *
 * `state` is `chunks << 16 | next`: the number of chunks of the job in hand, and the first that nobody has claimed.
 * Whoever moves `next` on by a compare-and-exchange owns that chunk, and only then reads what the job is. That is safe
 * although the job may be another than the one that was seen: while a claimed chunk is not done, the job stays.
 */
export const controlBlock: Readonly<Record<CrewPlace, number>> = {
  state: 0,
  /** Chunks that are done. */
  done: 1,
  /** How many threads sleep until `posted` changes, or are about to; of the block of urgent jobs, for both. */
  sleepers: 2,
  /** 1 where the thread that gave out the job sleeps until `done` changes. */
  ownerSleeps: 3,
  /** 1 where a kernel threw on another thread. */
  failed: 4,
  /** Which kernel, by its place in the list of names. */
  kernel: 5,
  /** Grains of the job; chunk `i` of `n` begins at `floor(i * grains / n)`. */
  grains: 6,
  parameterCount: 7,
  /** Raised by every job, of this block or the other; of the block of urgent jobs, for both. */
  posted: 8,
  /** In bytes from the start of the block. */
  parametersAt: PARAMETERS_AT,
  /** Size of the block. */
  bytes: PARAMETERS_AT + 8 * MOST_PARAMETERS,
};
