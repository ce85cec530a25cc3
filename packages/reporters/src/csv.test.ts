import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { from, lastValueFrom } from 'rxjs';
import { runKey, type ExperimentEvent, type History } from '@wellfit/core';
import { csv, renderCsv } from './csv.js';
import { scriptedExperiment } from './test-support/scripted-experiment.js';
import { useHost } from './test-support/use-host.js';

const host = useHost();

test('writes one row per epoch of every run, also of a cancelled experiment', async () => {
  const events = scriptedExperiment({ cancelAfter: 60 });
  await lastValueFrom(csv({}, host()).connect(from(events)), { defaultValue: undefined });
  const [header, ...rows] = readFileSync(join(host().folder, 'epochs.csv'), 'utf8').trimEnd().split('\r\n');
  expect(header).toBe(
    'arm,seed,epoch,learning_rate,duration_ms,loss,accuracy,val_loss,val_accuracy,data_loss,val_data_loss,penalty,train_loss,train_accuracy',
  );
  expect(rows).toHaveLength(events.filter(({ type }) => type === 'epoch:end').length);
  expect(rows[0]).toMatch(/^4-4,1,1,0\.001,1240,0\.6/);
});

test('rows come in the order of the experiment, whichever run was begun or ended first', async () => {
  const [start, ...rest] = scriptedExperiment({ epochs: 2 });
  const rowsOf = async (events: readonly ExperimentEvent[]): Promise<string> => {
    await lastValueFrom(csv({}, host()).connect(from(events)), { defaultValue: undefined });
    return readFileSync(join(host().folder, 'epochs.csv'), 'utf8');
  };
  // As workers may send it: the runs one after the other, but the last one first.
  const scopes = [...new Set(rest.flatMap((event) => ('arm' in event ? runKey(event) : [])))].reverse();
  const mixed = scopes.flatMap((key) => rest.filter((event) => 'arm' in event && runKey(event) === key));
  expect(scopes.length).toBeGreaterThan(3);
  expect(mixed.map(({ type }) => type)).not.toEqual(rest.map(({ type }) => type));
  expect(await rowsOf([start, ...mixed])).toBe(await rowsOf([start, ...rest]));
});

test('unites the columns of runs that log different keys, and quotes what needs it', () => {
  const run = (arm: string, logs: Record<string, number>): History => ({
    arm,
    seed: 1,
    dataset: 'imdb',
    trainRows: 100,
    parameters: 1,
    status: 'completed',
    reason: '',
    epochs: [{ epoch: 1, logs, learningRate: 0.1, durationMs: 5, digest: '' }],
  });
  const text = renderCsv([run('a,"b"', { 'my "f1"': 0.5, loss: 1 }), run('c', { val_loss: 2, loss: 3 })]);
  expect(text).toBe(
    'arm,seed,epoch,learning_rate,duration_ms,loss,val_loss,"my ""f1"""\r\n' +
      '"a,""b""",1,1,0.1,5,1,,0.5\r\n' +
      'c,1,1,0.1,5,3,2,\r\n',
  );
});

test('writes the header alone when no epoch was finished', () => {
  expect(renderCsv([])).toBe('arm,seed,epoch,learning_rate,duration_ms\r\n');
});

test('a full disk ends the stream and leaves the device in place', async () => {
  const run = () => lastValueFrom(csv({ path: '/dev/full' }, host()).connect(from(scriptedExperiment())));
  await expect(run()).rejects.toMatchObject({ code: 'write-failed' });
  await expect(run()).rejects.toThrow(/the disk is full/);
});
