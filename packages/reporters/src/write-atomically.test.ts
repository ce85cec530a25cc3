import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFileSync } from '@swc/core';
import { useHost } from './test-support/use-host.js';
import { writeAtomically } from './write-atomically.js';

const host = useHost();
const path = (name: string) => join(host().folder, name);
const read = (name: string) => readFileSync(path(name), 'utf8');

test('writes text and bytes, creates the folder, and leaves nothing else behind', () => {
  writeAtomically(path('a/text'), 'é');
  writeAtomically(path('a/text'), 'ü');
  writeAtomically(path('a/bytes'), new Uint8Array([1, 2, 3]));
  expect(read('a/text')).toBe('ü');
  expect([...readFileSync(path('a/bytes'))]).toEqual([1, 2, 3]);
  expect(readdirSync(path('a'))).toEqual(['bytes', 'text']);
});

test('keeps the permissions of the old file, and follows a link to it', () => {
  writeFileSync(path('old'), 'old');
  chmodSync(path('old'), 0o640);
  symlinkSync('old', path('link'));
  writeAtomically(path('link'), 'new');
  expect(read('old')).toBe('new');
  expect(statSync(path('old')).mode & 0o777).toBe(0o640);
  expect(readdirSync(host().folder)).toEqual(['link', 'old']);
});

test('writes into a device and does not replace it', () => {
  writeAtomically('/dev/null', 'gone');
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});

test('says which folder is in the way', () => {
  expect(() => writeAtomically(host().folder, 'text')).toThrow(
    `Could not write ${host().folder}: this is a folder; name a file in it.`,
  );
});

// With a limit on the size of files, a write is cut short without an error, as on a disk that is almost full.
test.each(['text', 'bytes'])('keeps the old file where only a part of the new %s fits', (kind) => {
  writeFileSync(path('report'), 'old');
  const source = fileURLToPath(new URL('./replace-file.ts', import.meta.url));
  const { code } = transformFileSync(source, { swcrc: false, jsc: { parser: { syntax: 'typescript' } } });
  const script = `${code}
process.on('SIGXFSZ', () => {}); // Otherwise it would end the process.
const text = 'new '.repeat(50_000);
try {
  replaceFile(${JSON.stringify(path('report'))}, '${kind}' === 'text' ? text : Buffer.from(text));
  console.log('written');
} catch (error) {
  console.log(error.code);
}`;
  const limited = [
    '-c',
    'ulimit -f 8 && exec "$0" --input-type=module --eval "$1"',
    process.execPath,
    script,
  ];
  const { stdout, stderr } = spawnSync('sh', limited, { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toBe('EFBIG\n');
  expect(read('report')).toBe('old');
  expect(readdirSync(host().folder)).toEqual(['report']);
});
