import type { ReporterOutput } from '@wellfit/core';
import { createLogUpdate } from 'log-update';
import stringWidth from 'string-width';

const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
const eraseLineAbove = '\u001b[1A\u001b[2K';

/** A few lines at the bottom of a terminal that are drawn again and again. */
export interface LiveScreen {
  /** Room for a frame; a terminal of unknown size counts as 80 x 24. */
  size(): { readonly columns: number; readonly rows: number };
  /** Replaces the last frame. The lines must fit into {@link size}. */
  draw(lines: readonly string[]): void;
  /** Prints text above the frame, where it stays. Draw again after it. */
  print(text: string): void;
  /** Leaves the last frame where it is and gives the cursor back; further calls do nothing. */
  close(): void;
}

/** Opens a live screen on a terminal. Nothing is written before the first frame. */
export function openLiveScreen(output: ReporterOutput): LiveScreen {
  // log-update hides the cursor of stderr, whatever its stream is, so the cursor is handled here.
  // It only writes to the stream and asks for its size, which is what a ReporterOutput has.
  const update = createLogUpdate(output as unknown as NodeJS.WritableStream, { showCursor: true });
  let state: 'new' | 'open' | 'closed' = 'new';
  let drawn: readonly string[] = [];
  let drawnColumns = 0;
  const columns = () => Math.max(1, output.columns ?? 80);
  const eraseWhatReflowed = () => {
    if (drawn.length === 0 || columns() >= drawnColumns) return;
    // A terminal that got narrower has broken the long lines of the last frame in two or more.
    const more = drawn.reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(stringWidth(line) / columns())) - 1,
      0,
    );
    update.clear();
    if (more > 0) output.write(eraseLineAbove.repeat(more));
  };
  return {
    // The frame's last newline takes one more row.
    size: () => ({ columns: columns(), rows: Math.max(1, (output.rows ?? 24) - 1) }),
    draw: (lines) => {
      if (state === 'closed') return;
      // First the state: a write that fails may still have hidden the cursor.
      const isFirst = state === 'new';
      state = 'open';
      if (isFirst) output.write(hideCursor);
      eraseWhatReflowed();
      update(lines.join('\n'));
      drawn = lines;
      drawnColumns = columns();
    },
    print: (text) => {
      eraseWhatReflowed();
      update.clear();
      drawn = [];
      output.write(text);
    },
    close: () => {
      const wasOpen = state === 'open';
      state = 'closed';
      if (!wasOpen) return;
      update.done();
      output.write(showCursor);
    },
  };
}
