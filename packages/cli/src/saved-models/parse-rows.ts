import { CliError } from '../errors.js';

const MOST = 10_000_000;

/**
 * Reads row numbers such as `0-9,17`.
 *
 * @throws CliError `usage`.
 */
export function parseRows(text: string): Uint32Array {
  const rows: number[] = [];
  for (const part of text.split(',')) {
    const [, from, to = from] = /^\s*(\d{1,9})(?:-(\d{1,9}))?\s*$/.exec(part) ?? [];
    if (from === undefined || Number(to) < Number(from) || Number(to) - Number(from) >= MOST) {
      throw new CliError('usage', `--rows ${text}: write row numbers and ranges, for instance 0-9,17.`);
    }
    for (let row = Number(from); row <= Number(to); row++) rows.push(row);
  }
  return Uint32Array.from(rows);
}
