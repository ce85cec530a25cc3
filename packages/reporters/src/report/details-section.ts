import type { ExperimentRecord } from '../experiment-record.js';
import { formatCount, formatDuration } from '../number-format.js';
import { backendText, numericsText } from '../numerics.js';
import { type Content, type Markup, markup } from './markup.js';

/** What it takes to check and repeat the experiment: data, each run's digest, commands, environment, specification. */
export function detailsSection(record: ExperimentRecord): Markup {
  return markup`${datasets(record)}${howToRead()}${runTable(record)}${howToRepeat(record)}${environment(record)}`;
}

function datasets({ datasets: used }: ExperimentRecord): Markup | undefined {
  if (used.length === 0) return undefined;
  return markup`<section aria-labelledby="data"><h2 id="data">Data</h2>${used.map(
    ({ dataset, sizes, provenance }) => {
      const rows = Object.entries(sizes).map(([split, count]) => `${formatCount(count)} ${split}`);
      const files = Object.entries(provenance.sha256);
      return list([
        ['dataset', dataset],
        ['rows', rows.join(', ')],
        ['source', provenance.source],
        ['licence', provenance.licence],
        ...(provenance.citation === undefined ? [] : [['citation', provenance.citation] as const]),
        ...files.map(
          ([file, sum]) => [`SHA-256 of ${file}`, markup`<span class="digest">${sum}</span>`] as const,
        ),
      ]);
    },
  )}</section>`;
}

function howToRead(): Markup {
  return markup`<section aria-labelledby="definitions"><h2 id="definitions">How the numbers are defined</h2>
<p><code>train_loss</code> and <code>val_data_loss</code> are measured alike, so that they can be compared: at the end of
the epoch, in inference mode, without the regularisation penalty. <code>train_accuracy</code> and
<code>val_accuracy</code> likewise. The gap is <code>val_data_loss − train_loss</code>.</p>
<p><code>loss</code> and <code>accuracy</code> are running means over the steps of the epoch, in training mode;
<code>loss</code> and <code>val_loss</code> contain the penalty, as in Keras. <code>data_loss</code> and
<code>penalty</code> split <code>loss</code> in two.</p>
<p>With the same seed, arms share the order of the batches and, where shapes agree, their initial weights.</p></section>`;
}

function runTable({ start, runs }: ExperimentRecord): Markup | undefined {
  if (runs.length === 0) return undefined;
  const rows = runs.map(
    (run) => markup`<tr><th scope="row">${run.arm}</th><td class="number">${run.seed}</td>
<td class="number">${run.epochs.length}/${run.epochLimit}</td><td>${run.status}: ${run.reason}${
      run.restoredEpoch === undefined ? undefined : `; weights of epoch ${run.restoredEpoch}`
    }</td><td class="number">${run.durationMs === undefined ? '–' : formatDuration(run.durationMs)}</td>
<td class="digest" title="${run.digest}">${run.digest?.slice(0, 16) ?? '–'}</td></tr>`,
  );
  return markup`<section aria-labelledby="runs"><h2 id="runs">Runs</h2><div class="scroll"><table>
<caption>Digests are the first 16 digits of the SHA-256 of the final weights. ${numericsText[start?.numerics ?? 'exact']}</caption>
<thead><tr><th scope="col">arm</th><th scope="col" class="number">seed</th><th scope="col" class="number">epochs</th>
<th scope="col">end</th><th scope="col" class="number">time</th><th scope="col">digest</th></tr></thead>
<tbody>${rows}</tbody></table></div></section>`;
}

function howToRepeat({ start, end }: ExperimentRecord): Markup | undefined {
  if (start === undefined) return undefined;
  const unfinished =
    end?.status === 'completed'
      ? undefined
      : markup`<dt><code>wellfit resume .</code></dt><dd>goes on with the runs that have not ended, to the same bits.</dd>`;
  return markup`<section aria-labelledby="repeat"><h2 id="repeat">How to repeat it</h2>
<p>In the folder that holds this report:</p>
<dl><dt><code>wellfit replay .</code></dt><dd>trains every run again and compares weights and optimizer state after each epoch,
bit for bit; it names the first epoch and the tensors that differ.</dd>${unfinished}
<dt><code>wellfit report .</code></dt><dd>makes this page again from the recorded events.</dd></dl></section>`;
}

function environment({ start, end, spentMs = end?.durationMs }: ExperimentRecord): Markup | undefined {
  if (start === undefined) return undefined;
  return markup`<section aria-labelledby="environment"><h2 id="environment">Specification and environment</h2>${list(
    [
      ['started', start.startedAt],
      ...(spentMs === undefined
        ? []
        : [['took', `${formatDuration(spentMs)}${end ? '' : ' so far'}`] as const]),
      ['backend', backendText(start)],
      ...(start.backendReason === undefined ? [] : [['why this backend', start.backendReason] as const]),
      ['numerics', start.numerics ?? 'exact'],
      ['seeds', start.seeds.join(', ')],
      ...Object.entries(start.versions),
    ],
  )}<details><summary>The experiment as it was run</summary><pre><code>${JSON.stringify(start.spec, null, 2)}</code></pre></details></section>`;
}

function list(entries: readonly (readonly [string, Content])[]): Markup {
  return markup`<dl>${entries.map(([term, value]) => markup`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`;
}
