import { allowed, tolerantEpochs, type LogDifference } from './compare-logs.js';
import type { ReplayResult } from './replay-result.js';

type Difference = NonNullable<ReplayResult['difference']>;

/** What a replay found out, in words. */
export function renderReplay(result: ReplayResult): string {
  const { difference } = result;
  const lines = difference ? differenceLines(difference, result) : sameLines(result);
  return `${lines.join('\n')}\n`;
}

/** What was not compared, or not to its end, a line each. */
export function replayNotes({ skipped, runs }: ReplayResult): string {
  const notes = [
    ...skipped.map(({ arm, seed }) => `no epoch of ${arm}, seed ${seed}, is recorded: it was left out`),
    ...runs
      .filter(({ status }) => status === 'cancelled' || status === 'failed')
      .map(
        ({ arm, seed, status, epochs }) =>
          `the recorded run of ${arm}, seed ${seed}, was cut short (${status}): ${plural(epochs, 'epoch')} compared`,
      ),
  ];
  return notes.map((note) => `note: ${note}\n`).join('');
}

function sameLines({
  comparedBy,
  runs,
  backend,
  recordedBackend,
  numerics,
  because,
  largest,
}: ReplayResult): string[] {
  const epochs = runs.reduce((sum, run) => sum + run.epochs, 0);
  const what = `${plural(runs.length, 'run')}, ${plural(epochs, 'epoch')}`;
  if (comparedBy === 'digests') {
    // What diverged has no digest of its final weights that could be compared.
    const ends = runs.filter(({ end, status }) => end && status !== 'diverged').length;
    const final = ends > 0 ? `, and the final weights of ${plural(ends, 'run')}` : '';
    return [`the same, bit for bit: ${what}${final} (backend ${backend}, ${numerics} numerics)`];
  }
  return [
    `the same within the tolerance: ${what} (recorded on ${recordedBackend}, replayed on ${backend}: ${because}, so bits ` +
      `cannot be compared, and the losses of the first ${tolerantEpochs} epochs were)`,
    ...(largest
      ? [
          `largest difference: ${logText(largest)}, in ${largest.arm}, seed ${largest.seed}, epoch ${largest.epoch}; allowed ` +
            allowedText(largest),
        ]
      : []),
  ];
}

function differenceLines(difference: Difference, result: ReplayResult): string[] {
  const { arm, seed, kind, epoch, recorded, replayed, tensors, log, modelProblem } = difference;
  const place = `differs: ${arm}, seed ${seed}`;
  const heads: Readonly<Record<Difference['kind'], string>> = {
    epoch: `${place}, epoch ${epoch}: the digest is ${short(replayed)}, and ${short(recorded)} is recorded`,
    'final-weights':
      `${place}, final weights: all epochs are the same, but the digest of the weights it ended with is ` +
      `${short(replayed)}, and ${short(recorded)} is recorded`,
    end: `${place}, epoch ${epoch}: the replay ${replayed}; the recorded run ${recorded}`,
    loss: `${place}, epoch ${epoch}: ${log ? `${logText(log)}, more than the tolerance ${allowedText(log)}` : ''}`,
  };
  return [
    heads[kind],
    ...(kind === 'epoch' ? [tensorLine(tensors), logLine(log)] : []),
    ...weightLines(difference),
    ...(modelProblem === undefined ? [] : [`  what was saved cannot be compared: ${modelProblem}`]),
    ...reasonLines(result),
  ];
}

function tensorLine(tensors: Difference['tensors']): string {
  if (!tensors)
    return '  which tensor differs cannot be said: the run was recorded without hashes of tensors';
  const { differing, of } = tensors;
  if (differing.length === 0) {
    return '  the hashes of all tensors are the same: only the recorded digest differs, as if it had been changed';
  }
  const others = differing.length === 1 ? '' : `, then ${differing.slice(1, 4).join(', ')}`;
  const more = differing.length > 4 ? '...' : '';
  return `  the first tensor that differs: ${differing[0]}${others}${more} (${differing.length} of ${of})`;
}

function logLine(log: LogDifference | undefined): string {
  return log
    ? `  the logged number that differs most: ${logText(log)}`
    : '  the logged numbers are all the same';
}

/** Of so many weights it is said by how much they are off; `--json` has all. */
const MOST_WEIGHTS = 4;

function weightLines({ kind, epoch, weights, weightsFrom, modelProblem }: Difference): string[] {
  if (!weights) return kind === 'epoch' && modelProblem === undefined ? [`  ${withoutWeights(epoch)}`] : [];
  const what = weightsFrom === 'checkpoint' ? 'the checkpoint' : `the saved model (${weightsFrom})`;
  if (weights.length === 0) return [`  ${what} has the very weights of the replay`];
  const worst = weights.toSorted((a, b) => b.difference - a.difference).slice(0, MOST_WEIGHTS);
  const others = weights.length > worst.length ? `, the ${worst.length} that differ most` : '';
  return [
    `  compared with ${what}, ${plural(weights.length, 'tensor')} ${weights.length === 1 ? 'is' : 'are'} off${others}:`,
    ...worst.map(
      ({ tensor, index, recorded, replayed, difference, relative }) =>
        `    ${tensor}: by at most ${difference.toPrecision(3)}, relatively ${relative.toPrecision(3)}; value ${index}: ` +
        `${recorded} is recorded, now ${replayed}`,
    ),
  ];
}

function withoutWeights(epoch: number): string {
  return (
    `by how much cannot be said: the folder has no weights of epoch ${epoch}. A run keeps those of its last epoch, and of others ` +
    'by the callback checkpoint, for instance `callbacks: { checkpoint: { keep: 100 } }`'
  );
}

/** What is known to make bits differ. */
function reasonLines({ otherVersions, numerics, backend }: ReplayResult): string[] {
  const versions = Object.entries(otherVersions).map(
    ([name, { recorded, here }]) => `${name} ${recorded} (here ${here})`,
  );
  return [
    ...(versions.length > 0 ? [`  recorded with other versions: ${versions.join(', ')}`] : []),
    ...(numerics === 'fast' ? ['  fast numerics differ from host to host in the last bits'] : []),
    ...(backend === 'native'
      ? ['  native sums in an order that depends on its build and the processor']
      : []),
  ];
}

function logText({ log, recorded, replayed, difference }: LogDifference): string {
  return `${log}, ${recorded} recorded, now ${replayed} (${difference.toPrecision(3)})`;
}

function allowedText({ recorded }: LogDifference): string {
  return allowed(recorded).toPrecision(3);
}

function short(digest: string): string {
  return digest === '' ? '(none)' : digest.slice(0, 16);
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
