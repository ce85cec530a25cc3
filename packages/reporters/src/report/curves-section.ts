import type { ExperimentAnalysis, History } from '@wellfit/core';
import { figureSpec } from '../figures/figure-spec.js';
import { armSpec } from '../figures/multiples-spec.js';
import { choosePanels, type Panel } from '../figures/panel.js';
import type { SvgText } from '../figures/render-svg.js';
import { formatCount } from '../number-format.js';
import { figureMarkup } from './figure-markup.js';
import { type Markup, markup } from './markup.js';
import { armName, verdictText } from './results-section.js';

/** The curves of all arms together, a box for each arm to hide it, then each arm alone. */
export async function curvesSection(
  runs: readonly History[],
  arms: readonly string[],
  analysis: ExperimentAnalysis | undefined,
): Promise<Markup> {
  const panels = choosePanels(runs);
  if (panels.length === 0) {
    return markup`<section aria-labelledby="curves"><h2 id="curves">Curves</h2><p>No epoch was finished.</p></section>`;
  }
  const all = await inTurn(panels, (panel, i) => {
    const options = {
      width: 460,
      height: 290,
      metrics: [panel],
      arms,
      legend: false,
      background: 'transparent',
    };
    return figureMarkup(figureSpec(runs, options), words(panel, arms.join(', '), `figure-${i + 1}`));
  });
  const cards = await inTurn(arms, async (arm, i) => {
    const own = runs.filter((run) => run.arm === arm);
    const figures = await inTurn(choosePanels(own), (panel, j) =>
      figureMarkup(armSpec(runs, panel, arm, arms), words(panel, arm, `figure-arm-${i + 1}-${j + 1}`)),
    );
    const found = analysis?.arms.find((other) => other.arm === arm);
    return markup`<article class="card"><header><h3>${armName(arm, arms)}</h3>${found && verdictText(found.verdict)}</header>
<p class="soft">${size(own)}</p>${figures}${found && markup`<p class="soft">${found.evidence}</p>`}</article>`;
  });
  return markup`<section aria-labelledby="curves"><h2 id="curves">Curves</h2>
<fieldset class="legend"><legend class="soft">Arms in the two large figures</legend>${arms.map(
    (arm, i) =>
      markup`<label><input type="checkbox" id="arm-${i}" class="box arm-${i}" checked>${armName(arm, arms)}</label>`,
  )}</fieldset>
<p class="legend soft"><span><i class="line"></i>training</span><span><i class="line dashed"></i>validation</span></p>
<div class="curves">${all}</div>
<p class="soft">Lines are means over seeds, bands reach from the lowest to the highest seed, and a dot marks the best
epoch of a mean validation curve. Where only some seeds of an arm went on, each goes on as a thin line of its own.</p>
</section>
<section aria-labelledby="arms"><h2 id="arms">Arm by arm</h2>
<p class="soft">The same axes for all arms; in gray, the validation curves of the others.</p><div class="cards">${cards}</div></section>`;
}

function words(panel: Panel, whose: string, id: string): SvgText {
  const lines = [
    ...(panel.training === undefined ? [] : [`${panel.training} (solid)`]),
    ...(panel.validation === undefined ? [] : [`${panel.validation} (dashed)`]),
  ];
  const title = `${panel.title} by epoch: ${whose}`;
  const description = `A line for each arm of ${lines.join(' and ')}. The results table has the numbers.`;
  return { id, title, description };
}

function size(runs: readonly History[]): string {
  if (runs.length === 0) return 'did not run';
  const seeds = `${runs.length} seed${runs.length === 1 ? '' : 's'}`;
  return `${formatCount(runs[0].parameters)} parameters, ${seeds}`;
}

/** One after the other: drawing is all computation, so that doing it at once would only hold more in memory. */
async function inTurn<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<Markup>,
): Promise<Markup[]> {
  const done: Markup[] = [];
  for (const [i, item] of items.entries()) done.push(await work(item, i));
  return done;
}
