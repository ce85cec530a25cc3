import { extname, resolve } from 'node:path';
import { disposeBatch, isMultiHot, multiHotRows, type Dataset } from '@wellfit/core';
import type { DataArguments } from '../commands/data.js';
import { CliError } from '../errors.js';
import { parseSet } from '../experiments/parse-set.js';
import type { Host } from '../host.js';
import { loadDataset } from '../saved-models/load-dataset.js';
import { parseRows } from '../saved-models/parse-rows.js';
import { describeDataset } from './describe-dataset.js';
import { drawRows, type ShownRow } from './draw-rows.js';
import { namedDataset } from './named-dataset.js';

const SHOWN = 25;

/**
 * Loads a dataset and shows some of its rows.
 *
 * @returns The exit code.
 * @throws CliError `usage`; CoreError for unknown names and wrong options; DatasetError where loading fails.
 */
export async function showData(
  name: string,
  { split, rows: asked, set = [], out }: DataArguments,
  host: Host,
  signal: AbortSignal,
): Promise<number> {
  const ending = out === undefined ? undefined : extname(out).toLowerCase();
  if (ending !== undefined && ending !== '.png' && ending !== '.svg') {
    throw new CliError('usage', `--out ${out}: the file must end in .png or .svg.`);
  }
  const rows = asked === undefined ? undefined : parseRows(asked);
  const options = Object.fromEntries(set.map(parseSet).map(({ path, value }) => [path, value]));
  const dataset = await loadDataset(await namedDataset({ ...options, name }), host, { signal });
  const { activateBackend } = await import('../saved-models/activate-backend.js');
  await activateBackend('auto', { threads: 1 });
  const shown = readRows(dataset, split, rows);
  const drawing = await drawRows(dataset, shown);
  const svg = out === undefined ? undefined : drawing.svg();
  host.stdout.write(`${describeDataset(dataset)}\n\n`);
  host.stdout.write(
    drawing.text({
      columns: host.stdout.columns ?? 80,
      color: host.stdout.isTTY === true && !host.env.NO_COLOR,
    }),
  );
  if (out !== undefined && svg !== undefined) {
    const { renderPng, writeAtomically } = await import('@wellfit/reporters');
    writeAtomically(resolve(host.cwd, out), ending === '.png' ? await renderPng(svg) : svg);
    host.stdout.write(`figure:  ${out}\n`);
  }
  return 0;
}

function readRows(
  dataset: Dataset,
  split: DataArguments['split'],
  asked: Uint32Array | undefined,
): ShownRow[] {
  const size = dataset.sizes[split];
  const wrong = asked?.find((row) => row >= size);
  if (size === 0 || wrong !== undefined) {
    const which = wrong === undefined ? '' : `, so there is no row ${wrong}`;
    throw new CliError('usage', `The ${split} split of ${dataset.name} has ${size} rows${which}.`);
  }
  const some = dataset.inputKind === 'multi-hot' ? 1 : SHOWN;
  const rows = asked ?? Uint32Array.from({ length: Math.min(some, size) }, (_, row) => row);
  const shown: ShownRow[] = [];
  for (const batch of dataset.batches({ split, batchSize: 1, rows })) {
    try {
      const target = Array.from(batch.targets.dataSync());
      const values = isMultiHot(batch.inputs)
        ? Float32Array.from(
            batch.inputs.indices.subarray(0, batch.inputs.offsets[multiHotRows(batch.inputs)]),
          )
        : (batch.inputs.dataSync().slice() as Float32Array);
      shown.push({ row: rows[shown.length], label: labelOf(target, dataset), values });
    } finally {
      disposeBatch(batch);
    }
  }
  return shown;
}

function labelOf(target: readonly number[], { task, classNames }: Dataset): string {
  if (task === 'regression') return target.map((value) => value.toPrecision(4)).join(', ');
  const index = target.length === 1 ? target[0] : target.indexOf(Math.max(...target));
  return classNames?.[index] ?? String(index);
}
