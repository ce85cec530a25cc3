/** How well verdicts agree with labels. */

export const VERDICTS = ['diverged', 'not learning', 'overtrained', 'overfit', 'underfit', 'good fit'];

/** Whether a verdict says that validation curves show overfitting. */
export const isOverfit = (verdict) => verdict === 'overfit' || verdict === 'overtrained';

/**
 * Precision, recall and F1 of one class against the rest.
 *
 * @param pairs `{ label, verdict }` of each run.
 */
export function scoreOf(pairs, belongs) {
  const count = (test) => pairs.filter(test).length;
  const hits = count(({ label, verdict }) => belongs(label) && belongs(verdict));
  const said = count(({ verdict }) => belongs(verdict));
  const runs = count(({ label }) => belongs(label));
  return { runs, precision: hits / said, recall: hits / runs, f1: (2 * hits) / (said + runs) };
}

/** Scores by verdict, their means, and that of overfitting (overfit or overtrained) against the rest. */
export function scores(pairs) {
  const each = VERDICTS.map((verdict) => [verdict, scoreOf(pairs, (other) => other === verdict)]);
  const mean = (key) => each.reduce((sum, [, score]) => sum + (score[key] || 0), 0) / each.length;
  const accuracy = pairs.filter(({ label, verdict }) => label === verdict).length / pairs.length;
  return {
    ...Object.fromEntries(each),
    mean: { runs: pairs.length, precision: mean('precision'), recall: mean('recall'), f1: mean('f1') },
    overfitting: scoreOf(pairs, isOverfit),
    accuracy,
  };
}

/** Rows: labels. Columns: verdicts. */
export function confusion(pairs) {
  return Object.fromEntries(
    VERDICTS.map((label) => [
      label,
      Object.fromEntries(
        [...VERDICTS, 'inconclusive'].map((verdict) => [
          verdict,
          pairs.filter((pair) => pair.label === label && pair.verdict === verdict).length,
        ]),
      ),
    ]),
  );
}
