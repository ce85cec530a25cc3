import { firstValueFrom, from } from 'rxjs';
import { experimentRecord, histories } from './experiment-record.js';
import { capacityArms, scriptedExperiment } from './test-support/scripted-experiment.js';

test('collects one history per arm and seed, in the order of the runs', async () => {
  const runs = await firstValueFrom(from(scriptedExperiment()).pipe(histories));
  expect(runs.map(({ arm, seed }) => `${arm}/${seed}`)).toEqual([
    '4-4/1',
    '16-16/1',
    '512-512/1',
    '4-4/2',
    '16-16/2',
    '512-512/2',
  ]);
  expect(runs[1]).toMatchObject({ parameters: 160_305, status: 'completed', reason: 'reached 20 epochs' });
  expect(runs[1].epochs).toHaveLength(20);
  expect(Object.keys(runs[1].epochs[0]).sort()).toEqual([
    'digest',
    'durationMs',
    'epoch',
    'learningRate',
    'logs',
  ]);
});

test('keeps what reports need besides the histories', async () => {
  const ends = { after: 6, status: 'stopped', reason: 'val_loss did not improve' } as const;
  const events = scriptedExperiment({ arms: [{ ...capacityArms[1], ends }], seeds: [1] });
  events.push({ type: 'warning', from: 'reporter csv', message: 'gave up' });
  const record = await firstValueFrom(from(events).pipe(experimentRecord));
  expect(record.runs[0]).toMatchObject({
    status: 'stopped',
    restoredEpoch: 4,
    epochLimit: 20,
    durationMs: 7_800,
  });
  expect(record.datasets[0].provenance.licence).toBe('for research');
  expect(record.warnings[0].message).toBe('gave up');
  expect(record.end?.analysis.best).toBe('16-16');
});

test('a run without its end counts as cancelled, and one that starts again replaces its first try', async () => {
  const events = scriptedExperiment({ arms: [capacityArms[0]], seeds: [1], epochs: 3 });
  const broken = events.filter((event) => event.type !== 'run:end');
  const [cut] = await firstValueFrom(from(broken).pipe(histories));
  expect(cut).toMatchObject({ status: 'cancelled', reason: 'broke off before its end' });
  const again = await firstValueFrom(from([...broken, ...events]).pipe(histories));
  expect(again).toHaveLength(1);
  expect(again[0]).toMatchObject({ status: 'completed' });
  expect(again[0].epochs).toHaveLength(3);
});

test('emits an empty record when nothing happened', async () => {
  expect(await firstValueFrom(from([]).pipe(histories))).toEqual([]);
});
