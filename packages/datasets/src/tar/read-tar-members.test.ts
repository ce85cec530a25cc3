import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readTarMembers, type ReadTarOptions, type TarMember } from './read-tar-members.js';
import { tarArchive, type PackedMember } from './tar-archive.test-support.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wellfit-tar-'));
});
afterEach(() => rm(folder, { recursive: true }));

const one = Uint8Array.from({ length: 3000 }, (_, i) => (i * 7) & 255);
const two = Uint8Array.of(1, 2, 3);
const member = (name: string, content: Uint8Array): TarMember => ({
  name,
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
});
const wanted = [member('one.bin', one), member('two.bin', two)];

/** What is read of an archive, by name, in the order in which it comes. */
async function read(
  archive: Uint8Array,
  options: Partial<ReadTarOptions> = {},
): Promise<[string, number[]][]> {
  const path = join(folder, 'archive.tar.gz');
  await writeFile(path, archive);
  const found: [string, number[]][] = [];
  const use = ({ name }: TarMember, bytes: Uint8Array): void => void found.push([name, [...bytes]]);
  await readTarMembers(path, wanted, use, { mostBytes: 1e6, ...options });
  // Whatever an archive holds, nothing of it gets onto the disk.
  expect(await readdir(folder)).toEqual(['archive.tar.gz']);
  return found;
}

const good: readonly PackedMember[] = [
  [{ name: 'images/', type: 'directory' }],
  [{ name: 'images/two.bin' }, two],
  [{ name: 'images/readme.txt' }, new Uint8Array(5000)],
  [{ name: '../../../../images/one.bin' }, one],
];

test('reads the members that are wanted, in the order of the archive, and passes over others', async () => {
  expect(await read(await tarArchive(good))).toEqual([
    ['two.bin', [...two]],
    ['one.bin', [...one]],
  ]);
});

test('reports what it has unpacked', async () => {
  const done: number[] = [];
  const archive = await tarArchive(good);
  await read(archive, { onBytes: (bytes) => done.push(bytes) });
  expect(done.at(-1)).toBe(gunzipSync(archive).length);
});

const packedWith = (...last: PackedMember[]): Promise<Uint8Array> =>
  tarArchive([...good.slice(0, 3), ...last]);

test.each<[string, () => Promise<Uint8Array>, string, string]>([
  ['an archive that lacks a member', () => packedWith(), 'wrong-hash', 'it lacks one.bin'],
  [
    'other contents',
    () => packedWith([{ name: 'one.bin' }, one.map((byte, i) => (i === 9 ? 0 : byte))]),
    'wrong-hash',
    'its member one.bin has SHA-256 ',
  ],
  [
    'a member of another size',
    () => packedWith([{ name: 'one.bin' }, new Uint8Array(3001)]),
    'wrong-hash',
    'its member one.bin is a file of 3001 bytes, expected a file of 3000',
  ],
  [
    'a link in place of a member',
    () => packedWith([{ name: 'one.bin', type: 'symlink', linkname: '/etc/passwd' }]),
    'wrong-hash',
    'its member one.bin is a symlink',
  ],
  [
    'an archive that is cut off',
    async () => gzipSync(gunzipSync(await tarArchive(good)).subarray(0, 9000)),
    'bad-tar',
    'it holds no intact tar archive',
  ],
  [
    'data that is no archive',
    () => Promise.resolve(gzipSync(new Uint8Array(2000).fill(65))),
    'bad-tar',
    'no intact tar',
  ],
  [
    'a gzip file that is cut off',
    async () => (await tarArchive(good)).subarray(0, -30),
    'bad-gzip',
    'no intact gzip',
  ],
  ['something else', () => Promise.resolve(Uint8Array.of(1, 2, 3)), 'bad-gzip', 'no intact gzip'],
])('refuses %s', async (_, archive, code, message) => {
  await expect(read(await archive())).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message) as string,
  });
});

test('stops where the archive unpacks to more than allowed', async () => {
  const bomb = await tarArchive([[{ name: 'zeros' }, new Uint8Array(5e6)], ...good]);
  expect(bomb.length).toBeLessThan(20_000);
  let most = 0;
  const attempt = read(bomb, { onBytes: (bytes) => (most = bytes) });
  await expect(attempt).rejects.toMatchObject({
    code: 'too-large',
    message: 'it unpacks to more than the 1000000 bytes allowed',
  });
  expect(most).toBeLessThanOrEqual(1e6);
});

test('can be aborted', async () => {
  const abort = new AbortController();
  const reason = new Error('enough');
  const attempt = read(await tarArchive(good), { signal: abort.signal, onBytes: () => abort.abort(reason) });
  await expect(attempt).rejects.toBe(reason);
});

test('leaves a file that is not there to the caller', async () => {
  const attempt = readTarMembers(join(folder, 'nowhere'), wanted, () => undefined, { mostBytes: 1e6 });
  await expect(attempt).rejects.toMatchObject({ code: 'ENOENT' });
});

test('gives on what the reader of a member throws', async () => {
  const path = join(folder, 'archive.tar.gz');
  await writeFile(path, await tarArchive(good));
  const use = (): void => {
    throw new Error('no room');
  };
  await expect(readTarMembers(path, wanted, use, { mostBytes: 1e6 })).rejects.toThrow('no room');
});
