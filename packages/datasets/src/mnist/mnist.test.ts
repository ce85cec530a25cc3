import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describePlugin } from '@wellfit/testing';
import { datasets } from '../datasets.js';
import { fashionMnist } from './fashion-mnist.js';
import { mnist } from './mnist.js';

const badOptions = [
  { validation: 0 },
  { validation: 'train' },
  { train: 0 },
  { scaling: 'unity' },
  { labels: 'dense' },
  { validate: 0.3 },
];

describe('mnist', () => {
  describePlugin(datasets, 'mnist', { badOptions });
});

describe('fashion-mnist', () => {
  describePlugin(datasets, 'fashion-mnist', { badOptions });
});

describe('with a mirror folder', () => {
  const before = process.env.WELLFIT_DATASETS;
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wellfit-mnist-'));
    process.env.WELLFIT_DATASETS = folder;
  });
  afterEach(async () => {
    if (before === undefined) delete process.env.WELLFIT_DATASETS;
    else process.env.WELLFIT_DATASETS = before;
    await rm(folder, { recursive: true });
  });

  test('that lacks the files, says what to put where', async () => {
    await expect(mnist().load()).rejects.toMatchObject({
      code: 'mirror-file-missing',
      message: expect.stringContaining('holds no train-images-idx3-ubyte.gz') as string,
    });
  });

  test('that has a truncated file, refuses it', async () => {
    await writeFile(join(folder, 'train-images-idx3-ubyte.gz'), Uint8Array.of(0x1f, 0x8b));
    await truncate(join(folder, 'train-images-idx3-ubyte.gz'), 9_912_421);
    await expect(mnist().load()).rejects.toMatchObject({
      code: 'wrong-hash',
      message: expect.stringContaining('damaged, cut off or another file') as string,
    });
  });

  test('Fashion-MNIST, whose files have the same names, is kept apart and checked by MD5', async () => {
    await mkdir(join(folder, 'fashion-mnist'));
    await writeFile(join(folder, 'fashion-mnist', 'train-images-idx3-ubyte.gz'), 'digits');
    await expect(fashionMnist().load()).rejects.toMatchObject({
      code: 'wrong-hash',
      message: expect.stringMatching(
        /fashion-mnist.train-images-idx3-ubyte\.gz .* it has MD5 [0-9a-f]{32}, expected 8d4fb7e6c68d591d4c3dfef9ec88bf0d/,
      ) as string,
    });
  });
});
