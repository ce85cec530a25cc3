import type { Problem } from '../errors.js';

/** A problem as one line, without its place: the message, then what was probably meant. */
export function problemText({ message, suggestion }: Problem): string {
  return suggestion === undefined ? message : `${message}. Did you mean ${suggestion}?`;
}

/** Problems as a list for an error message, one line each, with their places. */
export function problemList(problems: readonly Problem[]): string {
  return problems
    .map((problem) =>
      [...(problem.path.length > 0 ? [problem.path.join('.')] : []), problemText(problem)].join(': '),
    )
    .join('\n');
}

/** A value for an error message: short, quoted where it is text. */
export function shownValue(value: unknown): string {
  if (Array.isArray(value) && value.length === 0) return 'an empty list';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
