import type { ExperimentAnalysis } from '@wellfit/core';
import type { ExperimentRecord } from '../experiment-record.js';
import { comparisonsSection } from './comparisons-section.js';
import { curvesSection } from './curves-section.js';
import { detailsSection } from './details-section.js';
import { distributionsSection } from './distributions-section.js';
import { backendText } from '../numerics.js';
import { markup, type Markup, trusted } from './markup.js';
import { resultsSection } from './results-section.js';
import { style } from './style.js';
import { trainingSizeSection } from './training-size-section.js';

/** Nothing is loaded from anywhere and no script runs, also if hostile text found a way into the page. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The report of an experiment as one HTML page that needs nothing else: results, differences from the baseline, curves of all arms and of each arm,
 * where the runs have them curves over training-set size and distributions, then data, runs and specification. Works without network and without scripts.
 *
 * @param analysis Of an experiment that broke off, which has none of its own.
 * @example
 * writeFileSync('report.html', await renderReport(readRunFolder(folder)));
 */
export async function renderReport(
  record: ExperimentRecord,
  analysis: ExperimentAnalysis | undefined = record.end?.analysis,
): Promise<string> {
  const { start, runs, warnings } = record;
  const arms = [...new Set([...(start?.arms ?? []), ...runs.map(({ arm }) => arm)])];
  const title = start?.name ?? 'Training runs';
  const page = markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}: wellfit report</title>
<style>${trusted(style(arms.length))}</style></head>
<body><main>
<header><h1>${title}</h1>${start?.description && markup`<p class="lead">${start.description}</p>`}
<p class="soft">${overview(record, arms.length)}</p>${unfinished(record)}${warnings.map(
    ({ from, message }) => markup`<p class="notice">Warning from ${from}: ${message}</p>`,
  )}</header>
${analysis && resultsSection(analysis, arms)}
${analysis && (await comparisonsSection(analysis, arms))}
${await curvesSection(runs, arms, analysis)}
${await trainingSizeSection(runs)}
${await distributionsSection(runs, arms)}
${detailsSection(record)}
<footer>Made by wellfit from the events of this experiment.</footer>
</main></body></html>
`;
  return page.html;
}

function overview({ start, runs }: ExperimentRecord, arms: number): string {
  const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;
  const seeds = start?.seeds.length ?? new Set(runs.map(({ seed }) => seed)).size;
  const day = start === undefined ? [] : [start.startedAt.slice(0, 10), `backend ${backendText(start)}`];
  return [count(arms, 'arm'), count(seeds, 'seed'), ...day].join(' · ');
}

function unfinished({ end }: ExperimentRecord): Markup | undefined {
  if (end?.status === 'completed') return undefined;
  const what = end === undefined ? 'broke off' : 'was cancelled';
  return markup`<p class="notice">This experiment ${what} before all runs were done; the numbers are those so far.</p>`;
}
