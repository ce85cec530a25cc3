/** Whatever lies in a run folder: reading it ends, by a record or by an error of ours, and changes no other object. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isWellfitError, type Checkpoint, type Json } from '@wellfit/core';
import fc from 'fast-check';
import { from, lastValueFrom } from 'rxjs';
import { readCheckpoint, writeCheckpoint } from './checkpoints/checkpoint-file.js';
import { MAGIC } from './checkpoints/checkpoint-layout.js';
import { decodeCheckpoint } from './checkpoints/decode-checkpoint.js';
import { renderExperiment } from './run-details/render-experiment.js';
import { readRunFolder } from './read-run-folder.js';
import { readRunOverview } from './run-list/run-overview.js';
import { runFolder } from './run-folder.js';
import { capacityArms, scriptedExperiment } from './test-support/scripted-experiment.js';
import { useHost } from './test-support/use-host.js';

const host = useHost();
const file = (...parts: string[]) => join(host().folder, ...parts);

/** Passes where `body` returns or throws an error of ours. */
function survives(body: () => unknown): void {
  try {
    body();
  } catch (error) {
    if (!isWellfitError(error)) throw error;
  }
}

/** Keys that have a meaning of their own on objects, beside those that are asked for. */
const hostileKey = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty');
const hostileValue = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<Json>(1e308, 2 ** 53, -1, 1.5, '\u001b[2J', '../../etc', '', null, [], {}),
  fc
    .constantFrom('{"polluted":true}', '{"__proto__":{"polluted":true}}')
    .map((text) => JSON.parse(text) as Json),
);

/** Changes a text of JSON at a random place: another value, or one more key. */
const change = fc.record({ at: fc.nat(), key: hostileKey, value: hostileValue, isNew: fc.boolean() });
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(text: string, changes: readonly Change[]): string {
  const data = JSON.parse(text) as Json;
  for (const { at, key, value, isNew } of changes) {
    const maps = mapsIn(data);
    const map = maps[at % maps.length];
    const keys = Object.keys(map);
    const name = isNew || keys.length === 0 ? key : keys[at % keys.length];
    // Assigning would call the setter of __proto__, where JSON.parse makes a key.
    Object.defineProperty(map, name, {
      // A copy: the same list within itself would have no end.
      value: JSON.parse(JSON.stringify(value)) as Json,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return JSON.stringify(data);
}

function mapsIn(data: Json): object[] {
  if (typeof data !== 'object' || data === null) return [];
  return [data, ...Object.values(data as Record<string, Json>).flatMap(mapsIn)];
}

const isClean = () => {
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(Object.prototype).not.toHaveProperty('polluted');
};

/** Text that begins, ends or is cut within JSON, and bytes that are nothing. */
const anyText = (whole: string) =>
  fc.oneof(
    fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => changed(whole, changes)),
    fc.nat(whole.length).map((end) => whole.slice(0, end)),
    fc.string({ unit: 'binary' }),
    fc.json(),
  );

const FILES = ['experiment.json', '4-4/7/run.json', '4-4/7/events.jsonl'];

test.each(FILES)(
  'any content of %s',
  async (name) => {
    const script = { arms: [capacityArms[0]], seeds: [7], epochs: 2, steps: 1, distributions: true };
    await lastValueFrom(runFolder({}, host()).connect(from(scriptedExperiment(script))), { defaultValue: 0 });
    const whole = readFileSync(file(name), 'utf8');
    const isLines = name.endsWith('jsonl');
    const [first] = whole.split('\n');
    const texts = isLines
      ? fc.array(anyText(first), { maxLength: 5 }).map((lines) => `${lines.join('\n')}\n`)
      : anyText(whole);
    fc.assert(
      fc.property(texts, (text) => {
        writeFileSync(file(name), text);
        survives(() => {
          const record = readRunFolder(host().folder);
          const details = { folder: '', state: '', runs: record.runs, missing: [], modelOf: () => undefined };
          const shown = renderExperiment(record, details, { width: 60, color: false });
          expect(shown).not.toMatch(/[^\P{Cc}\n]/u);
        });
        readRunOverview(host().folder);
        isClean();
      }),
      { numRuns: 150 },
    );
  },
  60_000,
);

const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;

test.each(FILES)('lists within lists without end in %s', async (name) => {
  const script = { arms: [capacityArms[0]], seeds: [7], epochs: 1, steps: 1 };
  await lastValueFrom(runFolder({}, host()).connect(from(scriptedExperiment(script))), { defaultValue: 0 });
  const whole = readFileSync(file(name), 'utf8');
  const key = name === 'experiment.json' ? '"spec":' : '"arm":';
  writeFileSync(file(name), whole.replace(new RegExp(`${key} ?`), `${key}${deep},"other":`));
  survives(() => readRunFolder(host().folder));
  survives(() => readRunOverview(host().folder));
  expect(name !== 'experiment.json' || readsAsTooDeep()).toBe(true);
});

function readsAsTooDeep(): boolean {
  try {
    readRunFolder(host().folder);
    return false;
  } catch (error) {
    return isWellfitError(error) && error.message.includes('nested deeper');
  }
}

const checkpoint: Checkpoint = {
  arm: 'base',
  seed: 1,
  epoch: 2,
  steps: 8,
  learningRate: 0.001,
  events: [],
  callbacks: [{ name: 'early-stopping', state: { best: 0.5, wait: 1 } }],
  slots: [],
  tensors: [{ name: 'output/kernel', shape: [2, 3], values: new Float32Array(6).fill(0.5) }],
};
const origin = { spec: 'a', backend: 'wasm', numerics: 'exact', versions: {} };

function written(): Buffer {
  writeCheckpoint(host().folder, checkpoint, origin);
  return readFileSync(file('base', '1', 'checkpoint', 'latest'));
}

/** A checkpoint whose hash is right, whatever it holds. */
function sealed(header: string, values: Uint8Array): Buffer {
  const text = Buffer.from(header);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  const body = Buffer.concat([MAGIC, length, text, values]);
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}

test('any bytes in place of a checkpoint, and any part of one', () => {
  const whole = written();
  const path = file('base', '1', 'checkpoint', 'latest');
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.uint8Array({ maxLength: 200 }).map((rest) => Buffer.concat([MAGIC, rest])),
    fc.nat(whole.length).map((end) => whole.subarray(0, end)),
    fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([at, value]) => {
      const copy = Buffer.from(whole);
      copy[at] = value;
      return copy;
    }),
  );
  fc.assert(
    fc.property(bytes, (content) => {
      writeFileSync(path, content);
      survives(() => readCheckpoint(host().folder, checkpoint));
    }),
    { numRuns: 300 },
  );
});

test('a checkpoint with a right hash and any header', () => {
  const whole = written();
  const length = whole.readUInt32LE(MAGIC.length);
  const start = MAGIC.length + 4;
  const header = whole.subarray(start, start + length).toString();
  expect(decodeCheckpoint(sealed(header, whole.subarray(start + length, -32)), 'x').checkpoint).toEqual(
    checkpoint,
  );
  const shapes = fc.array(fc.oneof(fc.nat(9), fc.constantFrom(2 ** 53 - 1, 2 ** 31, 0)), { maxLength: 4 });
  const headers = fc.oneof(
    anyText(header),
    shapes.map((shape) => header.replace('[2,3]', JSON.stringify(shape))),
  );
  fc.assert(
    fc.property(headers, fc.uint8Array({ maxLength: 64 }), (text, values) => {
      survives(() => decodeCheckpoint(sealed(text, values), 'x'));
      isClean();
    }),
    { numRuns: 300 },
  );
  const nested = header.replace('{"best":0.5,"wait":1}', deep);
  expect(() => decodeCheckpoint(sealed(nested, new Uint8Array(24)), 'x')).toThrow(/nested too deeply/);
});

test('a folder in place of a checkpoint, and a path without one', () => {
  expect(readCheckpoint(host().folder, checkpoint)).toBeUndefined();
  const path = file('base', '1', 'checkpoint', 'latest');
  mkdirSync(path, { recursive: true });
  expect(() => readCheckpoint(host().folder, checkpoint)).toThrow(/this is a folder/);
  rmSync(dirname(path), { recursive: true });
});
