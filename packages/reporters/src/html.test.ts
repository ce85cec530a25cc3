import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExperimentEvent } from '@wellfit/core';
import { firstValueFrom, from, lastValueFrom } from 'rxjs';
import { conclusions } from './conclusions.js';
import { experimentRecord } from './experiment-record.js';
import { html } from './html.js';
import { readRunFolder } from './read-run-folder.js';
import { renderReport } from './report/render-report.js';
import { runFolder } from './run-folder.js';
import { comparison } from './test-support/comparison.js';
import { capacityArms, type Script, scriptedExperiment } from './test-support/scripted-experiment.js';
import { useHost } from './test-support/use-host.js';

const host = useHost();
const report = async (events: readonly ExperimentEvent[]) =>
  renderReport(await firstValueFrom(from(events).pipe(experimentRecord)));
const play = (script?: Script) => report(scriptedExperiment(script));

test('writes one file, which loads nothing and runs nothing', async () => {
  await lastValueFrom(html({}, host()).connect(from(scriptedExperiment())), { defaultValue: undefined });
  expect(readdirSync(host().folder)).toEqual(['report.html']);
  const page = readFileSync(join(host().folder, 'report.html'), 'utf8');
  expect(page).toMatch(/^<!doctype html>\n<html lang="en">[^]*<\/html>\n$/);
  expect(page).toContain(
    `content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
  );
  expect(page).not.toMatch(/<script|<link|<iframe|<img|@import|\son\w+=|\ssrc=|\shref="(?!#)/i);
  expect(page).not.toMatch(/url\((?!#)/);
});

test('has the verdict, evidence and numbers of each arm, its curves, data, runs and specification', async () => {
  const page = await play();
  for (const text of ['good fit', 'overfit', 'overtrained', '5,383,681', 'and the gap ended at', 'imdb.npz'])
    expect(page).toContain(text);
  expect(page).toMatch(/0\.\d{4} ±\u00a00\.\d{4} \([\d.]+\)/);
  expect(page).toContain('&quot;numWords&quot;: 10000');
  expect(page.match(/<svg /g)).toHaveLength(2 + 3 * 2);
  expect(page).toMatch(
    /<title id="figure-1-title">Loss by epoch: 4-4, 16-16, 512-512<\/title><desc id="figure-1-desc">/,
  );
});

test('has sections for training sizes and distributions where the runs have them', async () => {
  const headings = (page: string) => [...page.matchAll(/<h2 id="([^"]+)"/g)].map(([, id]) => id);
  expect(headings(await play())).not.toContain('distributions');
  const arms = [2_500, 25_000].map((trainRows) => ({
    ...capacityArms[0],
    name: `rows-${trainRows}`,
    trainRows,
  }));
  const page = await play({ arms, distributions: true });
  expect(headings(page)).toEqual(expect.arrayContaining(['training-size', 'distributions']));
  expect(page.match(/<svg /g)).toHaveLength(2 + 2 * 2 + 1 + 2);
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every id is there once, and every reference has its target', async () => {
  const page = await play();
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const references = [...page.matchAll(/aria-labelledby="([^"]+)"|url\(#([^)]+)\)/g)];
  expect(references.length).toBeGreaterThan(8);
  for (const [, labels, target] of references) {
    for (const id of (labels ?? target).split(' ')) expect(ids).toContain(id);
  }
});

test('hostile text stays text, wherever it comes from', async () => {
  const attack = `</style></title><script>alert(1)</script><img src=x onerror="alert(1)">\u0000`;
  const arm = {
    ...capacityArms[0],
    name: attack,
    ends: { after: 2, status: 'failed', reason: attack },
  } as const;
  const hostile = JSON.parse(
    JSON.stringify(
      scriptedExperiment({ name: attack, description: attack, arms: [arm], seeds: [1] }),
    ).replaceAll(
      /imdb\.npz|wasm|for research|20\.20\.2|Validation loss was/g,
      JSON.stringify(attack).slice(1, -1),
    ),
  ) as ExperimentEvent[];
  const compared = hostile.map((event) =>
    event.type === 'experiment:end'
      ? { ...event, analysis: { ...event.analysis, comparisons: [comparison(attack, { number: attack })] } }
      : event,
  );
  const page = await report([{ type: 'warning', from: attack, message: attack }, ...compared]);
  expect(page).not.toMatch(/<script|<img/);
  expect(page.match(/<\/style>/g)).toHaveLength(1);
  expect(page).not.toContain('\u0000');
  expect(page).toContain('&lt;script&gt;alert(1)');
});

test('says that an experiment was cancelled or broke off, and shows what there is', async () => {
  const events = scriptedExperiment({ cancelAfter: 60 });
  expect(await report(events)).toContain('This experiment was cancelled before all runs were done');
  expect(await report(events.slice(0, -1))).toContain('This experiment broke off');
  const nothing = await play({ cancelAfter: 1 });
  expect(nothing).toContain('No epoch was finished.');
});

test('answers in the sentences of the terminal, also that one seed shows no difference', async () => {
  const answer = (page: string) =>
    /<div class="answer">(.*)<\/div>/
      .exec(page)?.[1]
      .replaceAll('</p><p>', ' ')
      .replaceAll(/<\/?p>/g, '');
  expect(answer(await play())).toBe('Lowest validation loss without penalty: 4-4 (0.2752).');
  const events = scriptedExperiment({ seeds: [1] });
  const end = events.at(-1);
  const sentences = end?.type === 'experiment:end' ? conclusions(end.analysis) : [];
  expect(sentences[1]).toContain('One seed cannot show a difference');
  expect(answer(await report(events))).toBe(sentences.join(' '));
});

test('shows how arms differ from the baseline, in figures and a table, with what the terminal says', async () => {
  expect(await play()).not.toContain('id="comparisons"');
  const comparisons = [
    comparison('16-16', { declared: 'better' }),
    comparison('512-512', { leftOut: 2 }),
    comparison('16-16', { number: 'peak_val_accuracy', better: 'higher', decides: false }),
  ];
  const events = scriptedExperiment().map((event) =>
    event.type === 'experiment:end' ? { ...event, analysis: { ...event.analysis, comparisons } } : event,
  );
  const page = await report(events);
  expect(page).toContain('16-16 fits better than 4-4: lowest validation loss -0.021 (95 % -0.034 to -0.009');
  expect(page).toContain('Compared with 4-4, seed by seed');
  expect(page.match(/<svg /g)).toHaveLength(2 + 3 * 2 + 2);
  const cells = [...page.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, text]) => text).join('|');
  expect(cells).toContain(
    'lowest validation loss|-0.021|-0.034 to -0.009|-0.033 to -0.009|90 %|0.016|0.031|10|better|',
  );
  expect(cells).toContain('|10 of 12|no|');
  expect(cells).toMatch(/peak validation accuracy\|.*\|10\|–/);
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('can be made again from a run folder, with the same bytes', async () => {
  const events = scriptedExperiment({ arms: capacityArms.slice(0, 2) });
  await lastValueFrom(runFolder({}, host()).connect(from(events)), { defaultValue: undefined });
  expect(await renderReport(readRunFolder(host().folder))).toBe(await report(events));
});

test('a path that cannot be written ends the stream', async () => {
  const run = lastValueFrom(
    html({ path: host().folder }, host()).connect(from(scriptedExperiment({ seeds: [1] }))),
  );
  await expect(run).rejects.toMatchObject({ code: 'write-failed' });
});
