import type { ArmAnalysis, ExperimentAnalysis, Verdict } from '@wellfit/core';
import { conclusions } from '../conclusions.js';
import { resultColumns } from '../result-columns.js';
import { type Markup, markup } from './markup.js';

/** The table of arms: verdict, evidence and numbers over seeds. */
export function resultsSection(analysis: ExperimentAnalysis, arms: readonly string[]): Markup {
  const columns = resultColumns(analysis);
  const sentences = conclusions(analysis);
  const seeds = Math.max(0, ...analysis.arms.map(({ runs }) => runs));
  const rows = analysis.arms.map(
    (arm) => markup`<tbody>
<tr class="has-evidence"><th scope="row" rowspan="2">${armName(arm.arm, arms)}${tags(arm, analysis)}</th>
<td>${verdictText(arm.verdict)}</td>
${columns.map(({ value }) => markup`<td class="number">${breakable(value(arm, true))}</td>`)}</tr>
<tr><td class="evidence" colspan="${columns.length + 1}">${arm.evidence}</td></tr>
</tbody>`,
  );
  return markup`<section aria-labelledby="results"><h2 id="results">Results</h2>
${sentences.length > 0 ? markup`<div class="answer">${sentences.map((sentence) => markup`<p>${sentence}</p>`)}</div>` : undefined}
<div class="scroll"><table>
<caption>${caption(seeds)}Baseline: ${analysis.baseline}.</caption>
<thead><tr><th scope="col">arm</th><th scope="col">verdict</th>
${columns.map(({ over, title }) => markup`<th scope="col" class="number">${over}${over && markup`<br>`}${title}</th>`)}</tr></thead>
${rows}
</table></div></section>`;
}

/** A spread may stand below its mean where the page is narrow, but not apart from its sign. */
function breakable(text: string): string {
  return text.replace('± ', '±\u00a0');
}

/** An arm's name after a dot of its color. */
export function armName(arm: string, arms: readonly string[]): Markup {
  return markup`<span class="swatch arm-${arms.indexOf(arm)}" aria-hidden="true"></span>${arm}`;
}

/** A verdict in the color of its kind; the words alone tell it too. */
export function verdictText(verdict: Verdict): Markup {
  return markup`<span class="verdict ${kinds[verdict]}">${verdict}</span>`;
}

const kinds: Readonly<Record<Verdict, string>> = {
  'good fit': 'good',
  underfit: 'warn',
  overfit: 'warn',
  overtrained: 'warn',
  diverged: 'bad',
  'not learning': 'bad',
  inconclusive: 'none',
};

function tags({ arm }: ArmAnalysis, { baseline, best }: ExperimentAnalysis): Markup {
  const words = [...(arm === baseline ? ['baseline'] : []), ...(arm === best ? ['lowest loss'] : [])];
  return markup`${words.map((word) => markup`<span class="tag">${word}</span>`)}`;
}

function caption(seeds: number): string {
  return seeds > 1 ? `Mean ± sample standard deviation over ${seeds} seeds. ` : '';
}
