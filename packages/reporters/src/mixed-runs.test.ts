/** What reporters make of runs whose events come mixed, and of runs that go on after an interruption. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExperimentEvent, RunEvent } from '@wellfit/core';
import { from, lastValueFrom } from 'rxjs';
import { consoleReporter } from './console.js';
import { readRunFolder } from './read-run-folder.js';
import { runFolder } from './run-folder.js';
import { scriptedExperiment } from './test-support/scripted-experiment.js';
import { useHost } from './test-support/use-host.js';

const host = useHost();

const isOfRun = (event: ExperimentEvent): event is RunEvent => 'arm' in event;
const events = scriptedExperiment();
const ofRuns = events.filter(isOfRun);
const [start] = events;

/** The runs' events in turns. */
function mixed(): ExperimentEvent[] {
  const runs = new Map<string, RunEvent[]>();
  for (const event of ofRuns) {
    const key = `${event.arm}/${event.seed}`;
    runs.set(key, [...(runs.get(key) ?? []), event]);
  }
  const longest = Math.max(...[...runs.values()].map(({ length }) => length));
  const turns = Array.from({ length: longest }, (_, i) =>
    [...runs.values()].flatMap((run) => run.slice(i, i + 1)),
  );
  const before = events.slice(0, events.findIndex(isOfRun));
  return [...before, ...turns.flat(), ...events.filter((event) => event.type === 'experiment:end')];
}

const play = (reporter: ReturnType<typeof runFolder>, story: readonly ExperimentEvent[]) =>
  lastValueFrom(reporter.connect(from(story)), { defaultValue: undefined });

test('the run folder is the same in whatever order the runs went on', async () => {
  await play(runFolder(undefined, host()), events);
  const inTurn = readRunFolder(host().folder);
  const other = { ...host(), folder: join(host().folder, 'mixed') };
  await play(runFolder(undefined, other), mixed());
  expect(readRunFolder(other.folder)).toEqual(inTurn);
});

test('a line says whose it is where several runs are trained at a time', async () => {
  const story = mixed().map((event) => (event.type === 'experiment:start' ? { ...event, jobs: 2 } : event));
  await play(consoleReporter(undefined, host()), story);
  const lines = host().written().split('\n');
  const { arm, seed } = ofRuns[0];
  expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^${arm}, seed ${seed}: epoch 1/\\d+ - `)));
  expect(lines.filter((line) => line.startsWith('Epoch '))).toEqual([]);
});

test('what is recorded stays as it is, and a run that goes on is written anew from its checkpoint', async () => {
  await play(runFolder(undefined, host()), events);
  const whole = readRunFolder(host().folder);
  const { arm, seed } = ofRuns[0];
  const path = join(host().folder, arm, String(seed), 'events.jsonl');
  const before = readFileSync(path, 'utf8');

  // The first run had ended; the second goes on behind its second epoch, though it had got further.
  const second = ofRuns.find((event) => event.arm !== arm || event.seed !== seed)!;
  const own = ofRuns.filter((event) => event.arm === second.arm && event.seed === second.seed);
  const cut = own.findIndex((event) => event.type === 'epoch:end' && event.epoch === 2) + 1;
  const story = [
    start,
    ...ofRuns
      .filter((event) => event.arm === arm && event.seed === seed)
      .map((event) => ({ ...event, recorded: true as const })),
    ...own.map((event, i) => (i < cut ? { ...event, recorded: true as const } : event)),
    ...events.filter((event) => event.type === 'experiment:end'),
  ];
  await play(runFolder(undefined, host()), story);
  expect(readFileSync(path, 'utf8')).toBe(before);
  expect(readRunFolder(host().folder).runs).toEqual(whole.runs);
  const text = readFileSync(join(host().folder, second.arm, String(second.seed), 'events.jsonl'), 'utf8');
  expect(text).not.toContain('recorded');
});
