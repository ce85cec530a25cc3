import { errorOf } from '../error-of.test-support.js';
import { opcodes, writeInt64, writeIntLists, writeObjects, writeZip } from '../npz/write-npz.test-support.js';
import { readImdbPart } from './read-imdb-part.js';

const lists = writeIntLists([[1, 300], [70000]]);

test('reads reviews and labels of a part', () => {
  const npz = writeZip({ 'x_train.npy': lists, 'y_train.npy': writeInt64([1, 0]) });
  const { words, labels } = readImdbPart(npz, 'train');
  expect([...words.values]).toEqual([1, 300, 70000]);
  expect([...words.offsets]).toEqual([0, 2, 3]);
  expect([...labels]).toEqual([1, 0]);
});

test.each([
  ['a part that is not there', { 'x_test.npy': lists }, 'bad-zip', 'holds no x_train.npy'],
  [
    'fewer labels',
    { 'x_train.npy': lists, 'y_train.npy': writeInt64([1]) },
    'bad-data',
    '2 train reviews and 1 labels',
  ],
  ['another label', { 'x_train.npy': lists, 'y_train.npy': writeInt64([1, 7]) }, 'bad-data', 'the label 7'],
  [
    'a negative word',
    { 'x_train.npy': writeIntLists([[5], [-3]]), 'y_train.npy': writeInt64([1, 0]) },
    'bad-data',
    'word rank -3',
  ],
  [
    'an impossible word',
    { 'x_train.npy': writeIntLists([[5], [1e9]]), 'y_train.npy': writeInt64([1, 0]) },
    'bad-data',
    'word rank 1000000000',
  ],
  ['numbers for lists', { 'x_train.npy': writeInt64([1]) }, 'bad-npy', 'expected Python objects'],
  [
    'a call in the pickle',
    { 'x_train.npy': writeObjects(1, opcodes('cos\nsystem\nU\x02ls\x85R')) },
    'bad-pickle',
    'asks for os.system',
  ],
])('refuses %s', (_, members: Record<string, Uint8Array>, code, message) => {
  const npz = writeZip(members);
  expect(errorOf(() => readImdbPart(npz, 'train'))).toMatchObject({ code });
  expect(() => readImdbPart(npz, 'train')).toThrow(message);
});
