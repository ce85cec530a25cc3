import { firstValueFrom, from } from 'rxjs';
import stringWidth from 'string-width';
import { experimentRecord, type RunRecord } from '../experiment-record.js';
import { capacityArms, scriptedDigest, scriptedExperiment } from '../test-support/scripted-experiment.js';
import { renderRun } from './render-run.js';

async function run(): Promise<RunRecord> {
  const ends = { after: 6, status: 'stopped', reason: 'val_loss did not improve' } as const;
  const events = scriptedExperiment({ arms: [{ ...capacityArms[1], ends }], seeds: [7] });
  return (await firstValueFrom(from(events).pipe(experimentRecord))).runs[0];
}
const details = {
  experiment: 'imdb-capacity',
  folder: 'runs/x/16-16/7',
  verdict: 'overfit',
  evidence: 'The gap grew.',
};

test('tells how the run ended, and each epoch', async () => {
  const text = renderRun(
    await run(),
    { ...details, model: 'runs/x/16-16/7/model' },
    { width: Infinity, color: false },
  );
  for (const line of [
    /^imdb-capacity, arm 16-16, seed 7$/m,
    /^status +stopped: val_loss did not improve$/m,
    /^epochs +6 of at most 20$/m,
    /^weights +those of epoch 4$/m,
    /^verdict +overfit\. The gap grew\.$/m,
    /^final +loss 0\.3000, accuracy 0\.8800$/m,
    /^data +imdb, 25,000 training rows$/m,
    /^model +runs\/x\/16-16\/7\/model$/m,
    /^Total params: 160305$/m,
    /^epoch +loss +accuracy +val_loss .* rate +took +digest$/m,
    /^ +6 +0\.\d{4} .* 0\.001 +1s +[0-9a-f]{16}$/m,
  ]) {
    expect(text).toMatch(line);
  }
  expect(text).toContain(scriptedDigest('16-16/7'));
  expect(text).not.toMatch(/^checkpoint/m);
});

test.each([60, 40, 20])('keeps to %d columns and the validation loss', async (width) => {
  const text = renderRun(await run(), details, { width, color: false });
  expect(Math.max(...text.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
  expect(text).toMatch(/^epoch .*val_loss/m);
});

test('a run without an epoch has no table of them', async () => {
  const text = renderRun({ ...(await run()), epochs: [] }, details, { width: 80, color: false });
  expect(text).not.toMatch(/^epoch /m);
});
