import type { CheckedFile } from '../download/checked-file.js';
import type { ImageRows } from '../images/image-dataset.js';
import { readTarMembers, type TarMember } from '../tar/read-tar-members.js';
import { decodeCifarBatch, ROWS_PER_BATCH, PIXELS_PER_IMAGE } from './decode-cifar-batch.js';

const member = (name: string, sha256: string): TarMember => ({ name, bytes: 30_730_000, sha256 });

/** The members with images, in the order in which the training images are numbered; the test images last. */
export const cifar10Members: readonly TarMember[] = [
  member('data_batch_1.bin', 'cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5'),
  member('data_batch_2.bin', 'a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed'),
  member('data_batch_3.bin', 'bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67'),
  member('data_batch_4.bin', '014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48'),
  member('data_batch_5.bin', '755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add'),
  member('test_batch.bin', '8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b'),
];

const TRAINING_BATCHES = cifar10Members.length - 1;

/** Six members, three small texts and the padding of tar have 184.4 MB. */
const MOST_UNPACKED = 200e6;

/** CIFAR-10 in its binary version, recognized by its members: an archive packed anew is as good. */
export const cifar10Archive: CheckedFile<{ readonly train: ImageRows; readonly test: ImageRows }> = {
  name: 'cifar-10-binary.tar.gz',
  bytes: 170_052_171,
  mostBytes: MOST_UNPACKED,
  identity: 'whose members have the published contents',
  urls: ['https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz'],
  async read(path, { signal, onProgress }) {
    const train = emptyRows(TRAINING_BATCHES * ROWS_PER_BATCH);
    const test = emptyRows(ROWS_PER_BATCH);
    const total = cifar10Members.reduce((sum, { bytes }) => sum + bytes, 0);
    const report = (done: number): void =>
      onProgress?.({ stage: 'decode', file: 'cifar-10-binary.tar.gz', done: Math.min(done, total), total });
    await readTarMembers(
      path,
      cifar10Members,
      (member, bytes) => {
        const batch = cifar10Members.indexOf(member);
        if (batch === TRAINING_BATCHES) decodeCifarBatch(bytes, test, 0, member.name);
        else decodeCifarBatch(bytes, train, batch * ROWS_PER_BATCH, member.name);
      },
      { mostBytes: MOST_UNPACKED, signal, onBytes: report },
    );
    return { train, test };
  },
};

function emptyRows(rows: number): ImageRows {
  return { pixels: new Uint8Array(rows * PIXELS_PER_IMAGE), labels: new Uint8Array(rows) };
}
