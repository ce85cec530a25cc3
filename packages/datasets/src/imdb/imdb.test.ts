import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imdb } from './imdb.js';
import type { ImdbOptions } from './imdb-options.js';

test('is a plugin with a name and a description', () => {
  expect(imdb().name).toBe('imdb');
  expect(imdb.plugin).toMatchObject({ kind: 'dataset', name: 'imdb' });
});

test.each<[ImdbOptions, string]>([
  [{ numWords: 0 }, 'numWords'],
  [{ numWords: 1.5 }, 'numWords'],
  [{ validation: 0 }, 'validation'],
  [{ validation: 25_000 }, 'validation'],
  [{ validation: 1.5 }, 'validation'],
  [{ train: 0 }, 'train'],
  [{ splitSeed: -1 }, 'splitSeed'],
  [{ seed: -1 }, 'seed'],
  [{ indexFrom: null }, 'indexFrom: may be null only where startChar is null too'],
  [{ numWords: 10, oovChar: 10 }, 'oovChar: must be below numWords (10), got 10'],
  [{ numWords: 10, skipTop: 10 }, 'skipTop: must be below numWords (10), got 10'],
  [{ numWord: 10 } as ImdbOptions, 'numWord'],
])('refuses %j', (options, message) => {
  expect(() => imdb(options)).toThrow(`[dataset imdb] `);
  expect(() => imdb(options)).toThrow(message);
});

test.each<ImdbOptions>([
  { validation: 0.4, train: 0.1 },
  { validation: null, train: 1000, splitSeed: 2 },
])('accepts %j', (options) => {
  expect(() => imdb(options)).not.toThrow();
});

describe('with a mirror folder', () => {
  const before = process.env.WELLFIT_DATASETS;
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wellfit-imdb-'));
    process.env.WELLFIT_DATASETS = folder;
  });
  afterEach(async () => {
    if (before === undefined) delete process.env.WELLFIT_DATASETS;
    else process.env.WELLFIT_DATASETS = before;
    await rm(folder, { recursive: true });
  });

  test('that lacks the file, says what to put where', async () => {
    await expect(imdb().load()).rejects.toMatchObject({
      code: 'mirror-file-missing',
      message: expect.stringContaining('holds no imdb.npz') as string,
    });
  });

  test('that has a truncated file, refuses it', async () => {
    await writeFile(join(folder, 'imdb.npz'), 'PK');
    await truncate(join(folder, 'imdb.npz'), 17_464_789);
    await expect(imdb().load()).rejects.toMatchObject({
      code: 'wrong-hash',
      message: expect.stringContaining('damaged, cut off or another file') as string,
    });
  });
});
