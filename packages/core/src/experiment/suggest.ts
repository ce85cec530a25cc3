/**
 * The name that was probably meant, or undefined where none comes close. Case and separators do not count:
 * `earlyStopping` finds `early-stopping`.
 */
export function suggest(wanted: string, names: Iterable<string>): string | undefined {
  const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_. ]/g, '');
  const target = plain(wanted);
  // One slip in three letters is still a typo; more is another word.
  let limit = Math.max(1, Math.floor(target.length / 3));
  let best: string | undefined;
  for (const name of names) {
    const distance = editDistance(target, plain(name), limit);
    if (distance <= limit && (best === undefined || distance < limit)) {
      best = name;
      limit = distance;
    }
  }
  return best;
}

/**
 * Insertions, deletions, replacements and swaps of neighbours that turn one text into the other (optimal string
 * alignment, a restricted Damerau-Levenshtein distance; Boytsov, ACM JEA 16, 2011, section 2.1).
 *
 * @param limit Texts whose lengths differ by more are not compared: the result is then infinite.
 */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Infinity;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const differs = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + differs);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length];
}
