import { join } from 'node:path';
import { elfMachine } from './elf-machine.js';
import { elfHeader, emptyFolder, write } from './fake-installations.test-support.js';

const ofFile = (content: string | Buffer): string | undefined =>
  elfMachine(join(write(emptyFolder(), { file: content }), 'file'));

test('names the processor as Node.js does', () => {
  expect(ofFile(elfHeader('x64'))).toBe('x64');
  expect(ofFile(elfHeader('arm64'))).toBe('arm64');
  expect(ofFile(elfHeader('no such'))).toBe('unknown (60000)');
});

test('the order of the bytes is read from the file', () => {
  const header = elfHeader();
  header[5] = 2;
  header.writeUInt16BE(22, 18);
  expect(ofFile(header)).toBe('s390x');
});

test('a file that was cut off is seen', () => {
  const header = elfHeader();
  header.writeBigUInt64LE(64n, 40);
  header.writeUInt16LE(8, 58);
  header.writeUInt16LE(2, 60);
  expect(ofFile(Buffer.concat([header, Buffer.alloc(16)]))).toBe(process.arch);
  expect(ofFile(Buffer.concat([header, Buffer.alloc(15)]))).toBeUndefined();
});

test.each(['', 'MZ', 'not a library at all, but text'])('%j is no ELF file', (content) => {
  expect(ofFile(content)).toBeUndefined();
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('the running Node.js is for the processor that it says', () => {
  expect(elfMachine(process.execPath)).toBe(process.arch);
});
