import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { shareLoads } from '@wellfit/core';
import type { RemoteFile } from '../download/remote-file.js';
import { idxBytes } from './idx-bytes.test-support.js';
import { loadIdxImages, type IdxFiles } from './load-idx-images.js';

const before = process.env.WELLFIT_DATASETS;
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wellfit-idx-'));
  process.env.WELLFIT_DATASETS = folder;
});
afterEach(async () => {
  if (before === undefined) delete process.env.WELLFIT_DATASETS;
  else process.env.WELLFIT_DATASETS = before;
  await rm(folder, { recursive: true });
});

/** Puts a file into the mirror. */
async function put(name: string, content: Uint8Array): Promise<RemoteFile> {
  const bytes = gzipSync(content);
  await writeFile(join(folder, name), bytes);
  const md5 = createHash('md5').update(bytes).digest('hex');
  return { name, bytes: bytes.length, md5, urls: ['http://localhost/nothing'] };
}

const images = idxBytes([2, 28, 28], new Uint8Array(2 * 784).fill(9));
const labels = idxBytes([2], [3, 7]);

async function files(testImages = images, testLabels = labels): Promise<IdxFiles> {
  return {
    train: { images: await put('a.gz', images), labels: await put('b.gz', labels) },
    test: { images: await put('c.gz', testImages), labels: await put('d.gz', testLabels) },
  };
}

test('reads the four files and reports them with their SHA-256', async () => {
  const progress = new Map<string, string>();
  const read = await loadIdxImages(await files(), {
    onProgress: ({ stage, file, done, total }) => progress.set(file, `${stage} ${done === total}`),
  });
  expect(read.train.labels).toEqual(Uint8Array.of(3, 7));
  expect(read.test.pixels).toHaveLength(1568);
  expect(read.sha256['d.gz']).toBe(createHash('sha256').update(gzipSync(labels)).digest('hex'));
  expect([...progress]).toEqual(['a', 'b', 'c', 'd'].map((name) => [`${name}.gz`, 'decode true']));
});

test('reads once what datasets share', async () => {
  const share = shareLoads();
  const set = await files();
  const first = await loadIdxImages(set, { share });
  expect((await loadIdxImages(set, { share })).train.pixels).toBe(first.train.pixels);
  expect((await loadIdxImages(set, {})).train.pixels).not.toBe(first.train.pixels);
});

test.each<[string, Uint8Array | undefined, Uint8Array | undefined, string]>([
  ['images of another size', idxBytes([2, 32, 32], new Uint8Array(2048)), undefined, 'bad-data'],
  ['a label out of range', undefined, idxBytes([2], [3, 10]), 'bad-data'],
  ['more labels than images', undefined, idxBytes([3], [1, 2, 3]), 'bad-data'],
  ['images that are cut off', images.subarray(0, -1), undefined, 'bad-idx'],
  ['an image file of 65 MB', new Uint8Array(65e6), undefined, 'too-large'],
])('refuses %s', async (_, testImages, testLabels, code) => {
  await expect(loadIdxImages(await files(testImages, testLabels), {})).rejects.toMatchObject({ code });
});

test('can be aborted', async () => {
  const abort = new AbortController();
  const reason = new Error('enough');
  const load = loadIdxImages(await files(), { signal: abort.signal, onProgress: () => abort.abort(reason) });
  await expect(load).rejects.toBe(reason);
});
