import stringWidth from 'string-width';
import { fit, printable, wrap } from '../terminal-text.js';
import type { TextLook } from '../text-table.js';

/** What is told of something: a label and a text. */
export type Fact = readonly [label: string, text: string];

/** The narrowest column of texts beside the labels; below that they stand under them. */
const NARROWEST = 24;

/** Facts as lines: labels on the left, texts beside them, broken where they are too long. Both are made safe to print. */
export function factLines(facts: readonly Fact[], { width, colors }: TextLook): string[] {
  const labels = facts.map(([label]) => printable(label));
  const column = Math.max(0, ...labels.map((label) => stringWidth(label))) + 2;
  const isBeside = width - column >= NARROWEST;
  return facts.flatMap(([, text], i) => {
    const lines = wrap(printable(text), isBeside ? width - column : width);
    if (!isBeside) return [...wrap(labels[i], width).map(colors.dim), ...lines];
    return lines.map((line, n) => colors.dim(fit(n === 0 ? labels[i] : '', column)) + line);
  });
}
