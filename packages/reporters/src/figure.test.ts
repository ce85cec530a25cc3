import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { History } from '@wellfit/core';
import { firstValueFrom, from, lastValueFrom } from 'rxjs';
import { experimentRecord, histories } from './experiment-record.js';
import { figure } from './figure.js';
import { distributionSpec } from './figures/distribution-spec.js';
import { figureSpec } from './figures/figure-spec.js';
import { multiplesSpec } from './figures/multiples-spec.js';
import { renderPng } from './figures/render-png.js';
import { renderSvg } from './figures/render-svg.js';
import { trainingSizeSpec } from './figures/training-size-spec.js';
import { capacityArms, type Script, scriptedExperiment } from './test-support/scripted-experiment.js';
import { useHost } from './test-support/use-host.js';

const host = useHost();
const play = (options = {}, script: Script = {}) =>
  lastValueFrom(figure(options, host()).connect(from(scriptedExperiment(script))), {
    defaultValue: 'completed',
  });
const runs = (script: Script = {}): Promise<readonly History[]> =>
  firstValueFrom(from(scriptedExperiment(script)).pipe(histories));
const draw = async (script: Script, options = {}) => {
  const spec = figureSpec(await runs(script), options);
  if (spec === undefined) throw new Error('nothing to draw');
  return renderSvg(spec);
};
const count = (text: string, part: RegExp) => [...text.matchAll(part)].length;
const pngSize = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

test('writes an SVG and a PNG', async () => {
  expect(await play()).toBe('completed');
  expect(readdirSync(host().folder).sort()).toEqual(['curves.png', 'curves.svg']);
  const svg = readFileSync(join(host().folder, 'curves.svg'), 'utf8');
  expect(svg).toMatch(/^<svg [^]*<\/svg>$/);
  for (const text of ['Loss', 'Accuracy', '512-512', 'validation', 'epoch'])
    expect(svg).toContain(`>${text}</text>`);
  const [width, height] = pngSize(readFileSync(join(host().folder, 'curves.png')));
  expect(width).toBe(2 * Number(/width="(\d+)"/.exec(svg)?.[1]));
  expect(height).toBe(2 * Number(/height="(\d+)"/.exec(svg)?.[1]));
});

test.each([
  [{ path: 'a.svg' }, ['a.svg']],
  [{ path: 'a.PNG' }, ['a.PNG']],
  [{ path: 'a.b', format: 'svg' }, ['a.b.svg']],
])('path and format decide the files: %j', async (options, files) => {
  await play({ ...options, path: join(host().folder, options.path) });
  expect(readdirSync(host().folder)).toEqual(files);
});

test('draws by itself what the runs have, and names each figure', async () => {
  const sizes = [2_500, 25_000].map((trainRows) => ({
    ...capacityArms[0],
    name: `rows-${trainRows}`,
    trainRows,
  }));
  await play({ format: 'svg' }, { arms: sizes, distributions: true });
  const files = ['activations.svg', 'curves.svg', 'training-size.svg', 'weights.svg'];
  expect(readdirSync(host().folder).sort()).toEqual(files);
});

test.each([
  [{ kind: 'multiples', format: 'svg' }, ['multiples.svg']],
  [{ kind: ['multiples', 'curves'], format: 'svg', path: 'a' }, ['a-curves.svg', 'a.svg']],
  [{ kind: 'distributions', path: 'w.svg' }, ['w-activations.svg', 'w.svg']],
])('draws the kinds asked for: %j', async (options, files) => {
  const path = 'path' in options ? { path: join(host().folder, options.path) } : {};
  await play({ ...options, ...path }, { distributions: true });
  expect(readdirSync(host().folder).sort()).toEqual(files);
});

test.each([
  ['distributions', 'no run has recorded distributions; set training.distributions to true'],
  ['training-size', 'all arms of a dataset were trained on the same number of rows'],
])('says why there is nothing for the figure %s', async (kind, why) => {
  await expect(play({ kind })).rejects.toThrow(`There is nothing for the figure ${kind}: ${why}`);
});

test('small multiples have the same axes, the own curves in color and those of others in gray', async () => {
  const spec = multiplesSpec(await runs());
  if (spec === undefined) throw new Error('nothing to draw');
  const panels = 'concat' in spec ? spec.concat : [];
  const domains = JSON.stringify(panels).match(/"domain":\[[-\d.]+,[-\d.]+\]/g);
  expect(panels).toHaveLength(3);
  expect(new Set(domains).size).toBe(2);
  const svg = await renderSvg(spec);
  for (const color of ['#0072b2', '#d55e00', '#009e73'])
    expect(count(svg, new RegExp(`<path[^>]*stroke="${color}"[^>]*stroke-width="2"`, 'g'))).toBe(2);
  expect(count(svg, /<path[^>]*stroke="#a6adb5"[^>]*opacity="0.55"/g)).toBe(3 * 2);
});

test('distributions have a row for each arm and a column for each kernel, and say where all values are equal', async () => {
  const arms = [0, 1e-5, 1].map((initialSd, i) => ({ ...capacityArms[i], initialSd }));
  const record = await firstValueFrom(
    from(scriptedExperiment({ arms, distributions: true })).pipe(experimentRecord),
  );
  const spec = distributionSpec(record.runs, 'weights');
  if (spec === undefined) throw new Error('nothing to draw');
  const svg = await renderSvg(spec);
  for (const text of ['hidden_1', 'output', '4-4', '512-512', 'sd 1.0e-5 → 0.03', 'sd 1 → 1.13'])
    expect(svg).toContain(`>${text}</text>`);
  expect(count(svg, />all 0, before and after<\/text>/g)).toBe(4);
  expect(svg).toContain('each cell with its own x-range');
  expect(svg).not.toContain('bias');
  expect(
    distributionSpec(
      await firstValueFrom(from(scriptedExperiment()).pipe(experimentRecord)).then((r) => r.runs),
      'weights',
    ),
  ).toBeUndefined();
});

test('curves over training-set size have a row of panels for each dataset', async () => {
  const arm = (dataset: string, trainRows: number) => ({
    ...capacityArms[1],
    name: `${dataset}-${trainRows}`,
    dataset,
    trainRows,
  });
  const arms = [
    arm('imdb', 250),
    arm('imdb', 25_000),
    arm('mnist', 600),
    arm('mnist', 60_000),
    arm('cifar10', 9),
  ];
  const spec = trainingSizeSpec(await runs({ arms }));
  if (spec === undefined) throw new Error('nothing to draw');
  const svg = await renderSvg(spec);
  for (const text of ['imdb: loss by training rows', 'mnist: accuracy by training rows', '25,000', '600'])
    expect(svg).toContain(`>${text}</text>`);
  expect(svg).not.toContain('cifar10');
  expect(trainingSizeSpec(await runs())).toBeUndefined();
});

test('draws training solid and validation dashed for each arm, in its color, with a band over seeds', async () => {
  const svg = await draw({}, { metrics: ['loss'], legend: false });
  for (const color of ['#0072b2', '#d55e00', '#009e73']) {
    const lines = [
      ...svg.matchAll(new RegExp(`<path[^>]*stroke="${color}"[^>]*stroke-width="1.8"[^>]*>`, 'g')),
    ];
    const dashes = lines.map(([line]) => /stroke-dasharray="([^"]*)"/.exec(line)?.[1]).sort();
    expect(dashes).toEqual(['1,0', '5,4']);
    expect(count(svg, new RegExp(`<path[^>]*fill="${color}"[^>]*opacity="0.14"`, 'g'))).toBe(2);
  }
});

test('draws no band for a single seed, and dots with words for a single epoch', async () => {
  expect(await draw({ seeds: [1] })).not.toContain('opacity="0.14"');
  const svg = await draw(
    { arms: [capacityArms[0]], seeds: [1], epochs: 1 },
    { metrics: ['loss'], legend: false },
  );
  expect(svg).toContain('>training</text>');
  expect(svg).toContain('>validation</text>');
});

test('keeps the colors of the experiment where only some arms are drawn', async () => {
  const arms = capacityArms.map(({ name }) => name);
  const svg = await draw({ arms: [capacityArms[2]] }, { arms, legend: false });
  expect(svg).toContain('#009e73');
  expect(svg).not.toContain('#0072b2');
});

test('cuts the axis off where a run has run away, and says so', async () => {
  const wild = {
    ...capacityArms[2],
    name: 'wild',
    overfit: 1e5,
    ends: { after: 5, status: 'diverged', reason: '' },
  } as const;
  expect(await draw({ arms: [capacityArms[0], capacityArms[1], wild] }, { metrics: ['loss'] })).toMatch(
    /cut off above 0\.\d+/,
  );
  expect(await draw({})).not.toContain('cut off');
});

test('thins out very long runs', async () => {
  const short = await draw({ arms: [capacityArms[0]], seeds: [1], epochs: 500, steps: 1 });
  const long = await draw({ arms: [capacityArms[0]], seeds: [1], epochs: 5_000, steps: 1 });
  expect(long.length).toBeLessThan(1.5 * short.length);
});

test('the same histories give the same file, byte for byte', async () => {
  const first = await draw({});
  expect(await draw({})).toBe(first);
  expect((await renderPng(first)).equals(await renderPng(first))).toBe(true);
});

test('writes nothing when no epoch was finished', async () => {
  expect(await play({ metrics: ['f1'] }, { cancelAfter: 3 })).toBe('completed');
  expect(readdirSync(host().folder)).toEqual([]);
});

test('an unknown metric ends the stream', async () => {
  await expect(play({ metrics: ['f1'] })).rejects.toThrow(
    /No run has logged the metric f1; logged are: accuracy/,
  );
  expect(existsSync(join(host().folder, 'curves.svg'))).toBe(false);
});

test('a full disk ends the stream', async () => {
  await expect(play({ path: join('/dev/full', 'curves'), format: 'svg' })).rejects.toMatchObject({
    code: 'write-failed',
  });
});

test('hostile names stay text', async () => {
  const name = '<script>alert(1)</script>&"';
  const svg = await draw({ arms: [{ ...capacityArms[0], name }] });
  expect(svg).not.toContain('<script');
  expect(svg).toContain('&lt;script&gt;');
});
