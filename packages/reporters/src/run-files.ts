import { join } from 'node:path';
import type { RunEvent } from '@wellfit/core';
import { type LineLog, openLineLog } from './line-log.js';
import { writeAtomically, writeJson } from './write-atomically.js';

/**
 * The files of one run, `run.json` and `events.jsonl`. What could not be written waits and is written by a later try, behind
 * what is in the file: a disk that was full for a while costs nothing.
 */
export class RunFiles {
  /** What happened before the run was interrupted, while nothing has followed yet. */
  readonly #earlier: RunEvent[] = [];
  #unwritten: RunEvent[] = [];
  #summary: object | undefined;
  #isBegun = false;
  #log: LineLog | undefined;

  /** @param folder The run's own. */
  constructor(private readonly folder: string) {}

  /** @returns Whether it is the first event that was not there before. */
  add(event: RunEvent): boolean {
    if (event.recorded) {
      // It lies on the disk already. Only where the run goes on is its file made anew: it may have got further than the
      // checkpoint from which it does.
      this.#earlier.push(withoutMark(event));
      return false;
    }
    const isFirst = !this.#isBegun && this.#unwritten.length === 0;
    this.#unwritten.push(event);
    return isFirst;
  }

  /** What `run.json` is to hold. */
  summarize(content: object): void {
    this.#summary = content;
  }

  /**
   * Writes what waits.
   *
   * @throws ReporterError `write-failed`, after which it may be called again.
   */
  write(): void {
    if (this.#unwritten.length > 0) {
      this.#log ??= this.#open();
      this.#append(this.#log);
    }
    if (this.#summary === undefined) return;
    writeJson(join(this.folder, 'run.json'), this.#summary);
    this.#summary = undefined;
  }

  /** @throws ReporterError `write-failed` where the file could not be brought to the disk. */
  close(): void {
    this.#log?.close();
    this.#log = undefined;
  }

  get #path(): string {
    return join(this.folder, 'events.jsonl');
  }

  /** Puts what happened before in place of what the file holds; later tries go on with the file. */
  #open(): LineLog {
    if (!this.#isBegun) writeAtomically(this.#path, this.#earlier.map(line).join(''));
    this.#isBegun = true;
    return openLineLog(this.#path);
  }

  #append(log: LineLog): void {
    let written = 0;
    try {
      for (const event of this.#unwritten) {
        log.append(event);
        written += 1;
      }
    } catch (error) {
      this.#log = undefined;
      try {
        log.close();
        // Takes away what was torn: readers would pass over it, but not where something followed.
        openLineLog(this.#path).close();
      } catch {
        // Why a line could not be written says more.
      }
      throw error;
    } finally {
      this.#unwritten = this.#unwritten.slice(written);
    }
  }
}

function line(event: RunEvent): string {
  return `${JSON.stringify(event)}\n`;
}

function withoutMark({ recorded: _, ...event }: RunEvent): RunEvent {
  return event;
}
