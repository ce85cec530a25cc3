import { canonicalJson } from '@wellfit/core';
import type { ComparedSide } from './compared-side.js';

/**
 * Why the losses of two arms must not be compared, a sentence each; none where they may be. Losses on other data, other
 * rows of it, or of another kind say nothing about which arm fits better.
 */
export function obstacles(base: ComparedSide, other: ComparedSide): string[] {
  const not = (why: string): string => `${other.label} is not compared with ${base.label}: ${why}.`;
  const [a, b] = [base, other].map(({ arm }) => arm);
  if (a.dataset.name !== b.dataset.name) {
    return [
      not(`its data is ${b.dataset.name}, not ${a.dataset.name}, and losses on other data say nothing`),
    ];
  }
  if (canonicalJson(a.dataset) !== canonicalJson(b.dataset)) {
    return [not(`its data is ${a.dataset.name} with other options, so its rows may be others`)];
  }
  const [dataA, dataB] = [base, other].map(dataOf);
  if (canonicalJson(dataA.sha256) !== canonicalJson(dataB.sha256)) {
    return [not(`the files of ${a.dataset.name} have other hashes`)];
  }
  if (canonicalJson(dataA.sizes) !== canonicalJson(dataB.sizes)) {
    return [
      not(`${a.dataset.name} is split otherwise: ${splitText(dataA.sizes)}, there ${splitText(dataB.sizes)}`),
    ];
  }
  if (a.training.loss !== b.training.loss) {
    return [not(`its loss is ${b.training.loss}, not ${a.training.loss}`)];
  }
  return [];
}

/** What to keep in mind of two arms that are compared: pairs that are fewer than they seem, or less alike. */
export function cautions(base: ComparedSide, other: ComparedSide): string[] {
  const found: string[] = [];
  const [a, b] = [base, other].map(({ folder }) => folder.start);
  const computed = [a, b].map(({ backend, numerics = 'exact' }) => `${backend}, ${numerics} numerics`);
  if (computed[0] !== computed[1]) {
    found.push(
      `${base.label} was computed by ${computed[0]}, ${other.label} by ${computed[1]}: they round otherwise, so runs with ` +
        'the same seed drift apart, and pairs tell less.',
    );
  }
  const seeds = [base, other].map(({ runs }) => runs.map(({ seed }) => seed));
  const shared = seeds[0].filter((seed) => seeds[1].includes(seed));
  if (shared.length === 0) {
    found.push(
      `${base.label} and ${other.label} share no seed (${list(seeds[0])}; ${list(seeds[1])}), so there are no pairs: run ` +
        'both with the same --seeds.',
    );
  }
  return found;
}

interface Data {
  readonly sha256: Readonly<Record<string, string>>;
  readonly sizes: Readonly<Record<string, number>>;
}

/** What is recorded of the data of an arm; nothing where no run of it has begun. */
function dataOf({ folder, runs, arm }: ComparedSide): Data {
  const name = runs.find(({ dataset }) => dataset !== '')?.dataset ?? arm.dataset.name;
  const found = folder.experiment.datasets.find(({ dataset }) => dataset === name);
  return { sha256: found?.provenance.sha256 ?? {}, sizes: found?.sizes ?? {} };
}

function splitText(sizes: Data['sizes']): string {
  const parts = Object.entries(sizes).map(([split, rows]) => `${rows} ${split}`);
  return parts.length > 0 ? parts.join(', ') : 'not recorded';
}

function list(seeds: readonly number[]): string {
  return seeds.length > 0 ? seeds.join(', ') : 'none';
}
