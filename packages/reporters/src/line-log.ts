import {
  appendFileSync,
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { writing } from './errors.js';

/** A file of JSON values, one a line. */
export interface LineLog {
  /** Appends a line; it is in the file when this returns, and stays there if the process is killed. */
  append(value: unknown): void;
  /** Flushes the file to the disk and closes it; further calls do nothing. */
  close(): void;
}

const newline = 0x0a;

/**
 * Opens a file for appending lines, creating it and its folder where needed. A torn last line, which a process that
 * was killed may have left, is removed first. Writing is synchronous on purpose: events come a few times a second,
 * nothing can pile up in memory, and a full disk shows at the event that did not fit.
 *
 * @throws ReporterError `write-failed`, here and in the methods.
 */
export function openLineLog(path: string): LineLog {
  const file = writing(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    const opened = openSync(path, 'a+');
    removeTornLine(opened);
    return opened;
  });
  let isOpen = true;
  return {
    append: (value) => writing(path, () => appendFileSync(file, `${JSON.stringify(value)}\n`)),
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      try {
        writing(path, () => {
          // Pipes and devices cannot be synchronised.
          if (fstatSync(file).isFile()) fsyncSync(file);
        });
      } finally {
        closeSync(file);
      }
    },
  };
}

function removeTornLine(file: number): void {
  const status = fstatSync(file);
  if (!status.isFile()) return;
  const chunk = Buffer.alloc(65_536);
  for (let end = status.size; end > 0;) {
    const start = Math.max(0, end - chunk.length);
    const count = readSync(file, chunk, 0, end - start, start);
    const at = chunk.subarray(0, count).lastIndexOf(newline);
    if (at >= 0 || start === 0) {
      const keep = start + at + 1;
      if (keep < status.size) ftruncateSync(file, keep);
      return;
    }
    end = start;
  }
}
