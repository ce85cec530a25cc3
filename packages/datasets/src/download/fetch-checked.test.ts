import type { IncomingMessage, ServerResponse } from 'node:http';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatasetError } from '../dataset-error.js';
import type { CheckedFile } from './checked-file.js';
import { fetchChecked, type FetchedFile, type FetchFileOptions } from './fetch-checked.js';
import { content, cutAfter, FileServer, otherData, ranged, stallAfter } from './file-server.test-support.js';

/** Recognized by its contents: 300,000 bytes at its own address, more or fewer where somebody packed it anew. */
const archive: CheckedFile<string> = {
  name: 'sets/archive.bin',
  bytes: content.length,
  mostBytes: 400_000,
  identity: 'that begins as it should',
  urls: [],
  async read(path) {
    const bytes = await readFile(path);
    // As in the content; a copy packed anew has something else behind.
    const right = Buffer.compare(bytes.subarray(0, 1000), content.subarray(0, 1000)) === 0;
    if (!right) throw new DatasetError('bad-data', 'it begins otherwise');
    return `${bytes.length} bytes`;
  },
};

let folder = '';
let cached = '';
let server = new FileServer();
let file = archive;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wellfit-checked-'));
  cached = join(folder, 'cache', 'datasets', 'sets', 'archive.bin');
  server = new FileServer();
  await server.start();
  file = { ...archive, urls: [`${server.address}/canonical/archive.bin`] };
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const get = (options: FetchFileOptions = {}): Promise<FetchedFile<string>> =>
  fetchChecked(file, { mirror: null, cache: join(folder, 'cache'), retryDelayMs: 1, ...options });
const repacked = content.subarray(0, 200_000);
const serveRepacked = (declare: boolean) => (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(200, declare ? { 'content-length': repacked.length } : {});
  response.end(repacked);
};
const asked = (): string[] => server.seen.map(({ url, range }) => (range ? `${url} ${range}` : url));

test('downloads what its address has, once', async () => {
  expect(await get()).toEqual({ path: cached, value: '300000 bytes' });
  expect(await get()).toEqual({ path: cached, value: '300000 bytes' });
  expect(asked()).toEqual(['/canonical/archive.bin']);
});

test.each([true, false])('takes a mirror copy of another size (declared: %s)', async (declare) => {
  server.answers(serveRepacked(declare));
  expect(await get({ mirror: `${server.address}/mirror` })).toEqual({ path: cached, value: '200000 bytes' });
  expect(asked()).toEqual(['/mirror/sets/archive.bin']);
  expect(await readdir(join(folder, 'cache', 'datasets', 'sets'))).toEqual(['archive.bin']);
});

test('continues a mirror copy after the connection broke, with the size that the mirror told', async () => {
  server.answers(stallAfter(100_000), ranged);
  const attempt = get({
    mirror: `${server.address}/mirror`,
    onProgress: ({ done }) => {
      if (done === 100_000) server.cut();
    },
  });
  expect((await attempt).value).toBe('300000 bytes');
  expect(asked()).toEqual(['/mirror/sets/archive.bin', '/mirror/sets/archive.bin bytes=100000-']);
});

test('begins a mirror copy anew where it cannot know what an earlier process left', async () => {
  await mkdir(join(cached, '..'), { recursive: true });
  await writeFile(`${cached}.part`, content.subarray(0, 5000));
  server.answers(serveRepacked(true));
  expect((await get({ mirror: `${server.address}/mirror` })).value).toBe('200000 bytes');
  expect(asked()).toEqual(['/mirror/sets/archive.bin']);
});

test.each([
  [
    'is too large',
    (_: IncomingMessage, response: ServerResponse) => {
      response.writeHead(200, { 'content-length': 400_001 });
      response.end(new Uint8Array(400_001));
    },
  ],
  [
    'has no end',
    (_: IncomingMessage, response: ServerResponse) => {
      response.writeHead(200);
      // What came first is on the disk when the rest turns out to be too much.
      response.write(new Uint8Array(200_000), () =>
        setTimeout(() => response.end(new Uint8Array(200_001)), 100),
      );
    },
  ],
  ['is wrong', otherData],
  ['breaks off', cutAfter(0)],
])('goes to its own address where the mirror copy %s', async (_, answer) => {
  server.answers(answer, ranged);
  expect((await get({ mirror: `${server.address}/mirror`, attempts: 1 })).value).toBe('300000 bytes');
  expect(asked()).toEqual(['/mirror/sets/archive.bin', '/canonical/archive.bin']);
});

test('replaces a wrong copy in the cache', async () => {
  await mkdir(join(cached, '..'), { recursive: true });
  await writeFile(cached, 'damaged');
  expect((await get()).value).toBe('300000 bytes');
});

test('takes any right copy in a mirror folder, and refuses a wrong one with the code of its reader', async () => {
  await mkdir(join(folder, 'sets'));
  const path = join(folder, 'sets', 'archive.bin');
  await writeFile(path, repacked);
  expect(await get({ mirror: folder })).toEqual({ path, value: '200000 bytes' });
  await writeFile(path, 'something else');
  await expect(get({ mirror: folder })).rejects.toMatchObject({
    code: 'bad-data',
    message: expect.stringContaining(
      'archive.bin is damaged, cut off or another file: it begins otherwise. ',
    ) as string,
  });
});

test('does not take an error of the program for a wrong copy', async () => {
  file = { ...file, read: () => Promise.reject(new RangeError('no room')) };
  await expect(get()).rejects.toThrow('no room');
});
