import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describePlugin } from '@wellfit/testing';
import { datasets } from '../datasets.js';
import { tarArchive } from '../tar/tar-archive.test-support.js';
import { cifar10 } from './cifar10.js';

describePlugin(datasets, 'cifar10', {
  badOptions: [
    { validation: 0 },
    { validation: 1.5 },
    { validation: 'train' },
    { train: 0 },
    { train: 1.5 },
    { scaling: 'standardise' },
    { labels: 'onehot' },
    { splitSeed: -1 },
    { split: 0.3 },
  ],
});

describe('with a mirror folder', () => {
  const before = process.env.WELLFIT_DATASETS;
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wellfit-cifar10-'));
    process.env.WELLFIT_DATASETS = folder;
  });
  afterEach(async () => {
    if (before === undefined) delete process.env.WELLFIT_DATASETS;
    else process.env.WELLFIT_DATASETS = before;
    await rm(folder, { recursive: true });
  });

  test('that lacks the archive, says what to put where', async () => {
    await expect(cifar10().load()).rejects.toMatchObject({
      code: 'mirror-file-missing',
      message: expect.stringContaining('holds no cifar-10-binary.tar.gz. Put the file there') as string,
    });
  });

  test.each<[string, string, () => Promise<Uint8Array>]>([
    ['another archive', 'wrong-hash', () => tarArchive([[{ name: 'readme' }, new Uint8Array(9)]])],
    [
      'a batch that is cut off',
      'wrong-hash',
      () => tarArchive([[{ name: 'cifar-10-batches-bin/data_batch_1.bin' }, new Uint8Array(30_729_999)]]),
    ],
    ['no archive at all', 'bad-gzip', () => Promise.resolve(new Uint8Array(100))],
  ])('that has %s, refuses it and says what to do', async (_, code, archive) => {
    await writeFile(join(folder, 'cifar-10-binary.tar.gz'), await archive());
    await expect(cifar10().load()).rejects.toMatchObject({
      code,
      message: expect.stringMatching(
        /cifar-10-binary\.tar\.gz is damaged, cut off or another file: it.*Replace it by a copy from https/,
      ) as string,
    });
  });
});
