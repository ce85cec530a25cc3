import type { History, Verdict } from '@wellfit/core';
import { type Beside, judgeRun, type Judgement } from './judge-run.js';
import { meanFacts } from './run-facts.js';
import type { RunVerdict } from './run-verdict.js';

/** Verdicts that count together where none has a majority alone: what is overtrained is overfit, and more. */
const TOGETHER: readonly Verdict[] = ['overfit', 'overtrained'];

/**
 * The verdict that more than half of an arm's runs share, else `inconclusive`. Numbers in the evidence are means over
 * the runs that agree.
 *
 * @param runs At least one, all of one arm.
 */
export function armVerdict(runs: readonly History[], beside?: Beside): RunVerdict {
  const judgements = runs.map((run) => judgeRun(run, beside));
  const verdicts = [...new Set(judgements.map(({ verdict }) => verdict))];
  const kinds = [...verdicts.map((verdict) => [verdict]), TOGETHER];
  for (const kind of kinds) {
    const agreeing = judgements.filter(({ verdict }) => kind.includes(verdict));
    const named = agreeing.find(({ verdict }) => verdict === kind[0]);
    if (named && 2 * agreeing.length > runs.length) {
      const facts = agreeing.flatMap((judgement) => judgement.facts ?? []);
      const sentence = named.evidence(facts.length > 0 ? meanFacts(facts) : undefined);
      return { verdict: named.verdict, evidence: `${sentence}${share(agreeing, runs.length)}.` };
    }
  }
  const votes = verdicts.map((verdict) => `${count(judgements, verdict)} ${verdict}`).sort();
  return { verdict: 'inconclusive', evidence: `The ${runs.length} runs disagree: ${votes.join(', ')}.` };
}

function count(judgements: readonly Judgement[], wanted: Verdict): number {
  return judgements.filter(({ verdict }) => verdict === wanted).length;
}

function share(agreeing: readonly Judgement[], runs: number): string {
  if (runs === 1) return '';
  const overtrained = count(agreeing, 'overtrained');
  const mixed =
    overtrained > 0 && overtrained < agreeing.length ? `, ${overtrained} of them overtrained` : '';
  return agreeing.length === runs
    ? ` (all ${runs} runs${mixed})`
    : ` (${agreeing.length} of ${runs} runs${mixed})`;
}
