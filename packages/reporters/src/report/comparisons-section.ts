import type { ArmComparison, ExperimentAnalysis } from '@wellfit/core';
import { comparedName } from '../compared-names.js';
import { differencesSpec } from '../figures/differences-spec.js';
import { formatDifference, formatInterval, formatP } from '../number-format.js';
import { figureMarkup } from './figure-markup.js';
import { type Markup, markup } from './markup.js';
import { armName } from './results-section.js';

/** How arms differ from the baseline, paired by seed: a figure and a table; nothing where nothing was compared. */
export async function comparisonsSection(
  { baseline, comparisons = [] }: ExperimentAnalysis,
  arms: readonly string[],
): Promise<Markup | undefined> {
  if (comparisons.length === 0) return undefined;
  const numbers = [...new Set(comparisons.map(({ number }) => number))];
  const figures: Markup[] = [];
  for (const [i, number] of numbers.entries()) {
    const own = comparisons.filter((comparison) => comparison.number === number);
    const spec = differencesSpec(own, { arms, baseline, width: 880, background: 'transparent' });
    const text = {
      id: `figure-differences-${i + 1}`,
      title: `Difference from ${baseline} in ${comparedName(number)}`,
      description: 'For each arm a dot for each seed, the mean and its interval. The table has the numbers.',
    };
    figures.push(markup`<div class="card">${await figureMarkup(spec, text)}</div>`);
  }
  return markup`<section aria-labelledby="comparisons"><h2 id="comparisons">Compared with ${baseline}, seed by seed</h2>
<div class="stack">${figures}</div>
<div class="scroll"><table>
<caption>Arm minus ${baseline}, over the seeds with a finished run of both. A difference in ${decidingName(comparisons)} is declared where the 95 % interval
(Student’s t) excludes 0 and p (sign-flip test, by Holm over the arms) is below 0.05; the other numbers are shown
for what they are. “Better at” is the share of seeds, ties counting half.</caption>
<thead><tr><th scope="col">arm</th><th scope="col">number</th>${[
    'difference',
    '95 % interval',
    'bootstrap',
    'better at',
    'p',
    'p (Holm)',
    'seeds',
  ].map(
    (title) => markup`<th scope="col" class="number">${title}</th>`,
  )}<th scope="col">declared</th></tr></thead>
${numbers.map((number) => markup`<tbody>${comparisons.filter((one) => one.number === number).map((one) => row(one, arms))}</tbody>`)}
</table></div></section>`;
}

function row(comparison: ArmComparison, arms: readonly string[]): Markup {
  const { arm, number, pairs, leftOut, bootstrap, superiority, p, adjustedP } = comparison;
  const { mean, interval = '–' } = formatDifference(comparison.difference);
  const cells = [
    mean,
    interval,
    bootstrap === undefined ? '–' : formatInterval(bootstrap),
    `${Math.round(100 * superiority)} %`,
    formatP(p),
    formatP(adjustedP),
    leftOut === 0 ? pairs.length : `${pairs.length} of ${pairs.length + leftOut}`,
  ];
  return markup`<tr><th scope="row">${armName(arm, arms)}</th><td>${comparedName(number)}</td>
${cells.map((cell) => markup`<td class="number">${cell}</td>`)}<td>${outcome(comparison)}</td></tr>`;
}

function outcome({ decides, declared }: ArmComparison): string {
  if (!decides) return '–';
  return declared ?? 'no';
}

function decidingName(comparisons: readonly ArmComparison[]): string {
  const names = comparisons.flatMap(({ decides, number }) => (decides ? comparedName(number) : []));
  return names.at(0) ?? 'no number';
}
