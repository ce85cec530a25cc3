import { errorOf } from '../error-of.test-support.js';
import { readIntLists } from './read-int-lists.js';
import { readNpy } from './read-npy.js';
import { opcodes, writeInt64, writeIntLists, writeNpy, writeObjects } from './write-npz.test-support.js';

function read(bytes: Uint8Array): number[][] {
  const { values, offsets } = readIntLists(readNpy(bytes));
  return Array.from({ length: offsets.length - 1 }, (_, r) => [
    ...values.subarray(offsets[r], offsets[r + 1]),
  ]);
}

test('reads lists of integers of every size', () => {
  const rows = [[1, 255, 256, 65535, 65536, 2 ** 31 - 1, -5], [], [7]];
  expect(read(writeIntLists(rows))).toEqual(rows);
});

test('reads what NumPy 2 writes (protocol 4)', () => {
  // base64 of what np.save puts after the header for an object array of [[1, 300, 70000], [], [5]], NumPy 2.4.6.
  const pickle =
    'gASVnwAAAAAAAACMFm51bXB5Ll9jb3JlLm11bHRpYXJyYXmUjAxfcmVjb25zdHJ1Y3SUk5SMBW51bXB5lIwHbmRhcn' +
    'JheZSTlEsAhZRDAWKUh5RSlChLAUsDhZRoA4wFZHR5cGWUk5SMAk84lImIh5RSlChLA4wBfJROTk5K/////0r/////' +
    'Sz90lGKJXZQoXZQoSwFNLAFKcBEBAGVdlF2USwVhZXSUYi4=';
  expect(read(writeNpy('|O', [3], Buffer.from(pickle, 'base64')))).toEqual([[1, 300, 70000], [], [5]]);
});

test('reads a list that is filled in several goes, and one that stands twice', () => {
  const elements = opcodes('](]q\x09K\x01a(K\x02K\x03eh\x09](K\x04ee');
  expect(read(writeObjects(3, elements))).toEqual([[1, 2, 3], [1, 2, 3], [4]]);
});

// A list of a hundred ones, remembered, and then its number 99 times.
const repeated = opcodes(`](](${'K\x01'.repeat(100)}eq\x09${'h\x09'.repeat(99)}e`);

const list = (elements: string): Uint8Array => writeObjects(1, opcodes(elements));

test.each([
  ['a call of os.system', list('cos\nsystem\nU\x09rm -rf /x\x85R'), 'asks for os.system'],
  ['a call of eval by the stack', list('\x8c\x08builtins\x8c\x04eval\x93'), 'asks for builtins.eval'],
  ['a name that objects inherit', list('c__proto__\nconstructor\n'), 'asks for __proto__.constructor'],
  ['an allowed name used otherwise', list('cnumpy\ndtype\nU\x02f8\x85R'), 'builds something else'],
  ['a call of an integer', list('K\x01K\x02\x85R'), 'calls something unknown'],
  ['INST', list('(ios\nsystem\n'), 'opcode 0x69'],
  ['OBJ', list('(cnumpy\nndarray\no'), 'opcode 0x6f'],
  ['NEWOBJ', list('cnumpy\nndarray\n)\x81'), 'opcode 0x81'],
  ['EXT1', list('\x82\x01'), 'opcode 0x82'],
  ['a persistent id', list('Pid\n'), 'opcode 0x50'],
  ['a dictionary', list('}'), 'opcode 0x7d'],
  ['a number of any length', list('\x8b\xff\xff\xff\x7f'), 'opcode 0x8b'],
  ['a text of 4 GB', list('X\xff\xff\xff\xff'), 'text of 4294967295 bytes'],
  ['floating point', list('](G?\xf0\x00\x00\x00\x00\x00\x00e'), 'opcode 0x47'],
  ['texts in a list', list('](](U\x01aee'), 'something else than integers'],
  ['lists of lists of lists', list('](](](K\x01eee'), 'more than 2 lists'],
  ['lists too deep', writeObjects(3, opcodes('](](](K\x01ee](K\x01ee')), 'lists of integers'],
  ['a list in itself', list(']q\x09(h\x09e'), 'lists of integers'],
  ['two lists filled by turns', writeObjects(2, opcodes('](]q\x09](K\x01eh\x09(K\x02ea')), ''],
  ['a value that was never defined', list('h\x63'), 'has not defined'],
  ['an empty stack', list('aaaa'), ''],
  ['a sequence that was never begun', list('e'), ''],
  ['millions of tuples', list(')'.repeat(200)), 'more tuples'],
  [
    'one value remembered everywhere',
    writeNpy('|O', [1], opcodes(`]${'\x94'.repeat(500)}`)),
    'remembers more',
  ],
  ['a list that stands a hundred times', writeObjects(100, repeated), 'repeats its lists'],
  ['more lists than declared', writeObjects(1, opcodes(']]]]]')), 'more than 2 lists'],
  ['fewer lists than declared', writeObjects(2, opcodes('](](K\x01ee')), 'of another length'],
  ['another protocol', writeNpy('|O', [1], opcodes('\x80\x09')), 'protocol 9'],
  ['no array', writeNpy('|O', [1], opcodes('\x80\x02K\x01.')), 'something else than an array'],
  ['data after the end', writeNpy('|O', [1], opcodes('\x80\x02N.N.')), 'followed by other data'],
  ['two values', writeNpy('|O', [1], opcodes('\x80\x02NN.')), 'more than one value'],
  ['an endless name', writeNpy('|O', [1], opcodes(`\x80\x02c${'x'.repeat(1000)}`)), 'does not end'],
])('refuses %s', (_, bytes, message) => {
  expect(errorOf(() => read(bytes))).toMatchObject({ code: 'bad-pickle' });
  expect(() => read(bytes)).toThrow(message);
});

test('refuses a pickle that is cut off anywhere', () => {
  const whole = readNpy(writeIntLists([[1, 300, 70000], [2]]));
  for (let length = 0; length < whole.data.length; length++) {
    const cut = { ...whole, data: whole.data.subarray(0, length) };
    expect(errorOf(() => readIntLists(cut))).toMatchObject({ code: 'bad-pickle' });
  }
});

test('survives every change of a single byte with a result or a DatasetError', () => {
  const whole = readNpy(writeIntLists([[1, 300, 70000], [2]]));
  for (let at = 0; at < whole.data.length; at++) {
    for (const value of [0, 0x28, 0x5d, 0x65, 0x71, 0x72, 0xff]) {
      const data = whole.data.slice();
      data[at] = value;
      try {
        readIntLists({ ...whole, data });
      } catch (error) {
        expect(error).toMatchObject({ code: 'bad-pickle' });
      }
    }
  }
});

test('refuses numbers and matrices', () => {
  expect(() => read(writeInt64([1]))).toThrow('expected Python objects');
  expect(() => read(writeNpy('|O', [1, 1], new Uint8Array(0)))).toThrow('one dimension');
  expect(errorOf(() => read(writeNpy('|O', [2 ** 23], new Uint8Array(0))))).toMatchObject({
    code: 'too-large',
  });
});
