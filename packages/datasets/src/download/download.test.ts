import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { download } from './download.js';
import type { DownloadOptions } from './download-checked.js';
import {
  content,
  cutAfter,
  file,
  FileServer,
  otherData,
  ranged,
  stallAfter,
  status,
  whole,
} from './file-server.test-support.js';

let folder = '';
let target = '';
let server = new FileServer();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wellfit-download-'));
  target = join(folder, file.name);
  server = new FileServer();
  await server.start();
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const fetchTo = (options: DownloadOptions = {}): Promise<void> =>
  download(file, `${server.address}/reviews.bin`, target, { retryDelayMs: 1, ...options });
const leaves = (): Promise<string[]> => readdir(folder);

async function expectWhole(): Promise<void> {
  expect(Buffer.compare(await readFile(target), content)).toBe(0);
  expect(await leaves()).toEqual([file.name]);
}

test('downloads, verifies and reports its progress', async () => {
  const done: number[] = [];
  await fetchTo({
    onProgress: (progress) => {
      expect(progress).toMatchObject({ stage: 'download', file: file.name, total: content.length });
      done.push(progress.done);
    },
  });
  await expectWhole();
  expect(done[0]).toBe(0);
  expect(done.at(-1)).toBe(content.length);
  expect(done).toEqual([...done].sort((a, b) => a - b));
});

test('continues after a cut connection, if the file is still the same', async () => {
  server.answers(stallAfter(100_000), ranged);
  await fetchTo({
    onProgress: ({ done }) => {
      if (done === 100_000) server.cut();
    },
  });
  await expectWhole();
  expect(server.seen[1]).toEqual({ url: '/reviews.bin', range: 'bytes=100000-', ifRange: '"v1"' });
});

test('continues what an earlier process left', async () => {
  server.answers(ranged);
  await writeFile(`${target}.part`, content.subarray(0, 123_456));
  await fetchTo();
  await expectWhole();
  expect(server.seen).toEqual([{ url: '/reviews.bin', range: 'bytes=123456-', ifRange: undefined }]);
});

test('needs no request where everything is there already', async () => {
  await writeFile(`${target}.part`, content);
  await fetchTo();
  await expectWhole();
  expect(server.seen).toEqual([]);
});

test('starts over where the server knows no ranges', async () => {
  server.answers(whole);
  await writeFile(`${target}.part`, content.subarray(0, 123_456));
  await fetchTo();
  await expectWhole();
});

test.each([
  ['shorter', new Uint8Array(1000).fill(7)],
  ['as long', new Uint8Array(content.length).fill(7)],
  ['longer', new Uint8Array(content.length + 1).fill(7)],
])('starts over where what was left is of another file, %s', async (_, left) => {
  server.answers(ranged);
  await writeFile(`${target}.part`, left);
  await fetchTo();
  await expectWhole();
});

test('refuses other data and keeps nothing of it', async () => {
  server.answers(otherData);
  await expect(fetchTo()).rejects.toMatchObject({ code: 'wrong-hash' });
  expect(await leaves()).toEqual([]);
});

test('leaves an older file alone until the new one is verified', async () => {
  await writeFile(target, 'old');
  server.answers(otherData);
  await expect(fetchTo()).rejects.toMatchObject({ code: 'wrong-hash' });
  expect(await readFile(target, 'utf8')).toBe('old');
});

test.each([404, 403, 416])('gives up at once at status %i', async (code) => {
  server.answers(status(code));
  await expect(fetchTo()).rejects.toMatchObject({
    code: 'http-status',
    message: expect.stringContaining(`HTTP ${code}`) as string,
  });
  expect(server.seen).toHaveLength(1);
  expect(await leaves()).toEqual([]);
});

test('tries again at status 503', async () => {
  server.answers(status(503), status(503), ranged);
  await fetchTo();
  await expectWhole();
});

test('gives up after three attempts in a row that bring nothing', async () => {
  server.answers(status(503));
  await expect(fetchTo()).rejects.toMatchObject({ code: 'http-status' });
  expect(server.seen).toHaveLength(3);
});

test('gives up on a server that ignores ranges and always cuts at the same place', async () => {
  server.answers(cutAfter(100_000));
  await expect(fetchTo()).rejects.toMatchObject({ code: 'connection-failed' });
  expect(server.seen.length).toBeLessThan(10);
});

test('gives up on a connection that stalls, and keeps what came', async () => {
  server.answers(stallAfter(50_000));
  await expect(fetchTo({ stallTimeoutMs: 500, attempts: 1 })).rejects.toMatchObject({
    code: 'stalled',
    message: 'nothing arrived for 0.5 s',
  });
  expect(await leaves()).toEqual([`${file.name}.part`]);
});

test.each([
  ['less', 10],
  ['more', content.length + 10],
])('refuses a file of which the server has %s, before writing any', async (_, length) => {
  server.answers((_request, response) => {
    response.writeHead(200, { 'content-length': length });
    response.end(new Uint8Array(length));
  });
  await expect(fetchTo()).rejects.toMatchObject({ code: 'unexpected-size' });
  expect(await leaves()).toEqual([]);
});

test('stops where more arrives than expected and no size was declared', async () => {
  server.answers((_, response) => {
    response.writeHead(200);
    response.write(content);
    response.end(new Uint8Array(10));
  });
  await expect(fetchTo()).rejects.toMatchObject({ code: 'unexpected-size' });
});

test('names the reason where nobody answers', async () => {
  const { address } = server;
  await server.stop();
  const attempt = download(file, `${address}/reviews.bin`, target, { retryDelayMs: 1 });
  await expect(attempt).rejects.toMatchObject({
    code: 'connection-failed',
    message: expect.stringContaining('ECONNREFUSED') as string,
  });
  await server.start();
});

test('can be aborted, and continues later where it was', async () => {
  server.answers(stallAfter(50_000), ranged);
  const abort = new AbortController();
  const reason = new Error('enough');
  const attempt = fetchTo({
    signal: abort.signal,
    onProgress: ({ done }) => {
      if (done === 50_000) abort.abort(reason);
    },
  });
  await expect(attempt).rejects.toBe(reason);
  expect(await leaves()).toEqual([`${file.name}.part`]);
  await fetchTo();
  await expectWhole();
  expect(server.seen[1].range).toBe('bytes=50000-');
});

test('says so where the disk is full, and leaves nothing half-written', async () => {
  // /dev/full is a real device that has no space left.
  await symlink('/dev/full', `${target}.part`);
  await expect(fetchTo()).rejects.toMatchObject({
    code: 'disk-full',
    message: expect.stringContaining('ENOSPC') as string,
  });
  expect(await leaves()).toEqual([]);
});

test('says so where the folder cannot be written', async () => {
  const attempt = download(file, `${server.address}/x`, join(folder, 'missing', 'x'), { retryDelayMs: 1 });
  await expect(attempt).rejects.toMatchObject({
    code: 'cache-not-writable',
    message: expect.stringContaining('ENOENT') as string,
  });
});
