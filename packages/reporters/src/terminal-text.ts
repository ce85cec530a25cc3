import { stripVTControlCharacters } from 'node:util';
import type { ReporterOutput } from '@wellfit/core';
import pc from 'picocolors';
import stringWidth from 'string-width';

/** Functions that color text, or leave it alone. */
export type Colors = ReturnType<typeof pc.createColors>;

/** Colors for this output: none when it is no terminal, nor where `NO_COLOR` is set or the terminal is dumb. */
export function colorsFor(output: ReporterOutput): Colors {
  return pc.createColors(output.isTTY === true && pc.isColorSupported);
}

/**
 * Text that is safe to print on one line: names and messages may come from files, and must not move the cursor or
 * set the window's title.
 */
export function printable(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}/gu, '');
}

/** As {@link printable}, but keeps the alignment of a table's line. */
export function printableLine(line: string): string {
  return line
    .split(/( +)/)
    .map((part) => (part.trim() === '' ? part : printable(part)))
    .join('');
}

/** Pads on the right, or cuts with `…`, to exactly `width` columns; wide characters count as two. */
export function fit(text: string, width: number): string {
  const missing = width - stringWidth(text);
  return missing >= 0 ? text + ' '.repeat(missing) : cut(text, width);
}

/** Pads on the left to `width` columns. */
export function alignRight(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - stringWidth(text))) + text;
}

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

function cut(text: string, width: number): string {
  let kept = '';
  let used = 0;
  for (const { segment } of letters.segment(text)) {
    used += stringWidth(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  const shortened = width > 0 ? `${kept}…` : '';
  return shortened + ' '.repeat(Math.max(0, width - stringWidth(shortened)));
}

/** Breaks text into lines of at most `width` columns, between words where it can. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((whole) => pieces(whole, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || stringWidth(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function pieces(word: string, width: number): string[] {
  if (stringWidth(word) <= width) return [word];
  const found = [''];
  for (const { segment } of letters.segment(word)) {
    const last = found.length - 1;
    if (stringWidth(found[last] + segment) <= width) found[last] += segment;
    else found.push(segment);
  }
  return found;
}
