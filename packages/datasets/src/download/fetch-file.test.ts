import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fetchFile } from './fetch-file.js';
import type { FetchFileOptions } from './fetch-checked.js';
import { content, file as bare, FileServer, otherData, ranged, status } from './file-server.test-support.js';

let folder = '';
let cached = '';
let server = new FileServer();
let file = bare;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wellfit-fetch-'));
  cached = join(folder, 'cache', 'datasets', bare.name);
  server = new FileServer();
  await server.start();
  file = { ...bare, urls: [`${server.address}/canonical/reviews.bin`] };
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const get = (options: FetchFileOptions = {}): Promise<string> =>
  fetchFile(file, { mirror: null, cache: join(folder, 'cache'), retryDelayMs: 1, ...options });
const asked = (): string[] => server.seen.map(({ url }) => url);

test('downloads into the cache once', async () => {
  expect(await get()).toBe(cached);
  expect(await get()).toBe(cached);
  expect(asked()).toEqual(['/canonical/reviews.bin']);
  expect(await readdir(join(folder, 'cache', 'datasets'))).toEqual([file.name]);
});

test('checks by MD5 where that is all that is known of a file', async () => {
  const { name, bytes, urls } = file;
  const md5 = createHash('md5').update(content).digest('hex');
  expect(await fetchFile({ name, bytes, urls, md5 }, { mirror: null, cache: join(folder, 'cache') })).toBe(
    cached,
  );
  await writeFile(join(folder, name), content.subarray(1));
  await expect(fetchFile({ name, bytes, urls, md5 }, { mirror: folder })).rejects.toMatchObject({
    code: 'wrong-hash',
    message: expect.stringContaining(`expected ${md5}`) as string,
  });
});

test('replaces a damaged file in the cache', async () => {
  await mkdir(join(folder, 'cache', 'datasets'), { recursive: true });
  await writeFile(cached, 'damaged');
  expect(await get()).toBe(cached);
  expect(Buffer.compare(await readFile(cached), content)).toBe(0);
});

test('reads a mirror folder in place', async () => {
  await writeFile(join(folder, file.name), content);
  expect(await get({ mirror: folder })).toBe(join(folder, file.name));
  expect(await get({ mirror: pathToFileURL(folder).href })).toBe(join(folder, file.name));
  expect(asked()).toEqual([]);
  expect(await readdir(folder)).toEqual([file.name]);
});

test('does not go elsewhere where the mirror folder lacks the file or has a damaged one', async () => {
  await expect(get({ mirror: join(folder, 'nowhere') })).rejects.toMatchObject({
    code: 'mirror-file-missing',
  });
  await writeFile(join(folder, file.name), content.subarray(1));
  await expect(get({ mirror: folder })).rejects.toMatchObject({ code: 'wrong-hash' });
  expect(asked()).toEqual([]);
});

test('says so where the mirror has a folder of that name', async () => {
  await mkdir(join(folder, file.name));
  await expect(get({ mirror: folder })).rejects.toMatchObject({
    code: 'unreadable-file',
    message: expect.stringMatching(/it is a folder, not a file\. Remove it/) as string,
  });
});

test('asks a mirror address first', async () => {
  expect(await get({ mirror: `${server.address}/mirror/` })).toBe(cached);
  expect(asked()).toEqual(['/mirror/reviews.bin']);
});

test('goes to the canonical address where the mirror address fails', async () => {
  server.answers(otherData, ranged);
  expect(await get({ mirror: `${server.address}/mirror` })).toBe(cached);
  expect(asked()).toEqual(['/mirror/reviews.bin', '/canonical/reviews.bin']);
});

test('where nothing answers, says what was tried and what to do, and leaves nothing', async () => {
  server.answers(status(404));
  const error: unknown = await get({ mirror: `${server.address}/mirror` }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'download-failed' });
  const { message } = error as Error;
  expect(message).toContain(`${server.address}/mirror/reviews.bin: HTTP 404 Not Found`);
  expect(message).toContain(`${server.address}/canonical/reviews.bin: HTTP 404 Not Found`);
  expect(message).toContain('set WELLFIT_DATASETS to a folder or address');
  expect(message).toContain(file.sha256);
  expect(message).toContain(cached);
  expect(await readdir(join(folder, 'cache', 'datasets'))).toEqual([]);
});

test('says so where the cache folder cannot be made', async () => {
  await writeFile(join(folder, 'cache'), 'a file where the folder should be');
  await expect(get()).rejects.toMatchObject({ code: 'cache-not-writable' });
});

describe('while another process has the lock', () => {
  /** Holds the lock until it is told to go, and then puts the file there where it is given one. */
  const script = `
    const { lock } = require(process.argv[1]);
    const { copyFileSync } = require('node:fs');
    lock(process.argv[2], { realpath: false }).then((release) => {
      process.stdout.write('locked');
      process.stdin.once('data', async () => {
        if (process.argv[3]) copyFileSync(process.argv[3], process.argv[2]);
        await release();
        process.exit();
      });
    });`;
  let other: ChildProcess | undefined;
  afterEach(() => other?.kill());

  async function lockElsewhere(bring?: string): Promise<ChildProcess> {
    await mkdir(join(folder, 'cache', 'datasets'), { recursive: true });
    const library = createRequire(import.meta.url).resolve('proper-lockfile');
    const child = spawn(process.execPath, ['-e', script, library, cached, ...(bring ? [bring] : [])], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    other = child;
    await once(child.stdout, 'data');
    return child;
  }

  test('waits, says so, and takes the file that the other process brought', async () => {
    const brought = join(folder, 'brought');
    await writeFile(brought, content);
    const child = await lockElsewhere(brought);
    const stages: string[] = [];
    const path = await get({
      onProgress: ({ stage }) => {
        stages.push(stage);
        child.stdin?.write('go');
      },
    });
    expect(path).toBe(cached);
    expect(stages).toEqual(['waiting']);
    expect(asked()).toEqual([]);
  });

  test('downloads itself where the other process gave up', async () => {
    const child = await lockElsewhere();
    const stages = new Set<string>();
    await get({
      onProgress: ({ stage }) => {
        stages.add(stage);
        if (stage === 'waiting') child.stdin?.write('go');
      },
    });
    expect([...stages]).toEqual(['waiting', 'download']);
    expect(Buffer.compare(await readFile(cached), content)).toBe(0);
  });

  test('can be aborted', async () => {
    await lockElsewhere();
    const abort = new AbortController();
    const attempt = get({ signal: abort.signal, onProgress: () => abort.abort(new Error('enough')) });
    await expect(attempt).rejects.toThrow('enough');
  });
});
