import { errorOf } from '../error-of.test-support.js';
import { readZipMember } from './read-zip-member.js';
import { opcodes, writeZip } from './write-npz.test-support.js';

const text = opcodes('the quick brown fox '.repeat(5000));
const zip = writeZip({ 'a.npy': Uint8Array.of(1, 2, 3), 'b.npy': text, 'c.npy': Uint8Array.of(9) });

/** Changes the size that the local header declares. */
function declare(size: number): Uint8Array {
  const changed = writeZip({ 'b.npy': text });
  new DataView(changed.buffer, changed.byteOffset).setUint32(22, size, true);
  return changed;
}

test('reads one member of several', () => {
  expect(readZipMember(zip, 'b.npy', 1e6)).toEqual(text);
  expect(readZipMember(zip, 'c.npy', 1e6)).toEqual(Uint8Array.of(9));
});

test('reads what NumPy writes, which uses zip64 headers', () => {
  // base64 of np.savez_compressed(x=np.array([3, -1])), NumPy 2.4.6.
  const file =
    'UEsDBC0AAAAIAAAAIQBn3v9o//////////8FABQAeC5ucHkBABAAkAAAAAAAAABKAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TaaGuo6Cell9U' +
    'UpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6mjoKtQoUAC5mBgj4DwUAUEsBAi0DLQAAAAgAAAAhAGfe/2hKAAAAkAAAAAUAAAAAAAAAAAAAAIABAAAA' +
    'AHgubnB5UEsFBgAAAAABAAEAMwAAAIEAAAAAAA==';
  expect(readZipMember(Buffer.from(file, 'base64'), 'x.npy', 1e6)).toHaveLength(144);
});

test('names the members of an archive that lacks the wanted one', () => {
  expect(() => readZipMember(zip, 'd.npy', 1e6)).toThrow('holds no d.npy: it has a.npy, b.npy, c.npy');
  expect(() => readZipMember(opcodes('no zip at all'), 'd.npy', 1e6)).toThrow('it has no members');
});

test('refuses a member that declares more than is allowed, before inflating it', () => {
  expect(() => readZipMember(declare(4e9), 'b.npy', 1e6)).toThrow('declares 4000000000 bytes');
});

test('stops at the declared size of a member that holds more', () => {
  expect(() => readZipMember(declare(100), 'b.npy', 1e6)).toThrow('holds more than the 100 bytes');
});

test('stops early in a bomb: 100 MB of zeros that declare 100 bytes', () => {
  const bomb = writeZip({ 'b.npy': new Uint8Array(100e6) });
  new DataView(bomb.buffer, bomb.byteOffset).setUint32(22, 100, true);
  expect(errorOf(() => readZipMember(bomb, 'b.npy', 1e6))).toMatchObject({ code: 'too-large' });
});

test('refuses a member that holds less than it declares', () => {
  expect(() => readZipMember(declare(200_000), 'b.npy', 1e6)).toThrow('ends after 100000 of 200000');
});

test('refuses an archive that is cut off anywhere before the end of the member', () => {
  const whole = writeZip({ 'b.npy': text });
  const end = 30 + 5 + new DataView(whole.buffer, whole.byteOffset).getUint32(18, true);
  for (let length = 0; length < end; length += 7) {
    expect(errorOf(() => readZipMember(whole.subarray(0, length), 'b.npy', 1e6))).toMatchObject({
      code: 'bad-zip',
    });
  }
});

test('refuses damaged data', () => {
  const damaged = writeZip({ 'b.npy': text });
  damaged.fill(0xff, 40, 60);
  expect(errorOf(() => readZipMember(damaged, 'b.npy', 1e6))).toMatchObject({ code: 'bad-zip' });
});
