import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { writeWeight, writeText } from './hdf5/elements.js';
import { writeHdf5 } from './hdf5/hdf5.js';
import { detectFormat, formats, loadModel } from './index.js';
import { LARGEST_CONFIG, LARGEST_FILE } from './limits.js';
import { failure } from './test-support/failure.js';
import { kerasFile } from './test-support/keras-files.js';
import { useFolder } from './test-support/use-folder.js';

const inFolder = useFolder();

async function load(name: string, content: Uint8Array | string): Promise<unknown> {
  writeFileSync(inFolder(name), content);
  return loadModel(inFolder(name));
}

test('what is no model is told apart by its content', async () => {
  await expect(loadModel(inFolder('none.h5'))).rejects.toMatchObject(failure('not-found', 'none.h5'));
  await expect(load('cat.h5', 'meow, said the cat')).rejects.toMatchObject(
    failure('unknown-format', 'cat.h5'),
  );
  await expect(load('empty.keras', '')).rejects.toMatchObject(failure('unknown-format'));
  mkdirSync(inFolder('folder'));
  await expect(loadModel(inFolder('folder'))).rejects.toMatchObject(
    failure('unknown-format', 'without a model.json'),
  );
  symlinkSync('/dev/zero', inFolder('endless.h5'));
  await expect(detectFormat(inFolder('endless.h5'))).rejects.toMatchObject(failure('unknown-format'));
  await expect(formats['keras-h5'].load(inFolder('endless.h5'))).rejects.toMatchObject(failure('bad-file'));
});

test('a file of absurd size is not read', async () => {
  writeFileSync(inFolder('huge.h5'), kerasFile('chain', 'h5'));
  truncateSync(inFolder('huge.h5'), LARGEST_FILE + 1);
  await expect(loadModel(inFolder('huge.h5'))).rejects.toMatchObject(failure('too-large', 'huge.h5'));
});

describe('HDF5', () => {
  test.each([100, 1000, 5000, 15_000])('the first %i bytes of a model', async (length) => {
    const content = kerasFile('chain', 'h5').subarray(0, length);
    await expect(load('cut.h5', content)).rejects.toMatchObject(failure('bad-file', 'Is it complete?'));
  });

  test('damage anywhere gives an error of ours or a model, and never stops the library', async () => {
    const whole = kerasFile('chain', 'h5');
    for (let at = 8; at < whole.length; at += 599) {
      const damaged = Buffer.from(whole);
      damaged.fill(0xff, at, at + 24);
      const outcome = await load('damaged.h5', damaged).catch((error: { code?: string }) => error.code);
      expect(outcome).not.toBeUndefined();
    }
    await expect(load('whole.h5', whole)).resolves.toBeDefined();
  });

  test('weights alone are no model', async () => {
    const content = await writeHdf5((root) => root.create_group('model_weights'));
    await expect(load('weights.h5', content)).rejects.toMatchObject(
      failure('bad-file', 'holds no whole model'),
    );
  });

  const config = (units: number) =>
    JSON.stringify({
      class_name: 'Sequential',
      config: {
        name: 'net',
        layers: [
          {
            class_name: 'Dense',
            config: { name: 'a', units, use_bias: false, batch_input_shape: [null, 2] },
          },
        ],
      },
    });

  /** A model of one layer with two units, and what it holds instead of its kernel. */
  const model = (text: string, shape?: number[]) =>
    writeHdf5((root) => {
      writeText(root, 'model_config', text);
      const own = root.create_group('model_weights').create_group('a');
      if (shape === undefined) return;
      own.create_attribute('weight_names', ['kernel'], [1], 'S');
      const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
      writeWeight(own, 'kernel', { shape, values });
    });

  test.each<[string, string, number[] | undefined, string, string]>([
    ['no JSON', config(2).slice(0, 60), [2, 2], 'bad-file', 'is not JSON'],
    [
      'no weights',
      config(2),
      undefined,
      'wrong-weights',
      'Layer a (Dense) needs 1 weights, but the file holds 0',
    ],
    [
      'another shape',
      config(2),
      [2, 3],
      'wrong-weights',
      'a/kernel has the shape [2, 3], but its layer needs [2, 2]',
    ],
    ['an absurd layer', config(1e9), [2, 2], 'too-large', 'more than'],
  ])('%s', async (_, text, shape, code, message) => {
    await expect(load('model.h5', await model(text, shape))).rejects.toMatchObject(failure(code, message));
  });

  test('weights that are not floats, and names that lead nowhere', async () => {
    const content = (name: string) =>
      writeHdf5((root) => {
        writeText(root, 'model_config', config(2));
        const own = root.create_group('model_weights').create_group('a');
        own.create_attribute('weight_names', [name], [1], 'S');
        own.create_dataset({ name: 'kernel', data: new Int32Array(4), shape: [2, 2] });
        own.create_external_link('/etc/passwd', '/', 'outside');
        own.create_soft_link('/nowhere', 'nowhere');
      });
    await expect(load('a.h5', await content('kernel'))).rejects.toMatchObject(
      failure('bad-file', 'not 32-bit floats'),
    );
    for (const name of ['outside', 'outside/kernel', 'nowhere', '../a/kernel', '']) {
      const outcome = load('b.h5', await content(name));
      await expect(outcome).rejects.toMatchObject({
        code: expect.stringMatching(/wrong-weights|bad-file/) as string,
      });
    }
  });
});

describe('.keras', () => {
  const members = () => unzipSync(kerasFile('chain', 'keras'));

  test.each([20, 400, 9000])('the first %i bytes of a model', async (length) => {
    const content = kerasFile('chain', 'keras').subarray(0, length);
    await expect(load('cut.keras', content)).rejects.toMatchObject(failure('bad-file', 'Is it complete?'));
  });

  test('another archive', async () => {
    const content = zipSync({ 'readme.txt': strToU8('hello') });
    await expect(load('other.keras', content)).rejects.toMatchObject(
      failure('bad-file', 'lacks config.json'),
    );
    const { 'config.json': config } = members();
    const half = zipSync({ 'config.json': config });
    await expect(load('half.keras', half)).rejects.toMatchObject(
      failure('bad-file', 'lacks model.weights.h5'),
    );
  });

  test('an architecture that is no JSON, weights that are no HDF5', async () => {
    const broken = zipSync({ ...members(), 'config.json': strToU8('{"module": ') });
    await expect(load('a.keras', broken)).rejects.toMatchObject(failure('bad-file', 'is not JSON'));
    const mixed = zipSync({ ...members(), 'model.weights.h5': strToU8('no weights here') });
    await expect(load('b.keras', mixed)).rejects.toMatchObject(failure('bad-file', 'no HDF5 file'));
  });

  test('a zip bomb is refused by the size that it declares', async () => {
    const bomb = zipSync({ ...members(), 'config.json': new Uint8Array(LARGEST_CONFIG + 1) });
    expect(bomb.length).toBeLessThan(100_000);
    await expect(load('bomb.keras', bomb)).rejects.toMatchObject(failure('too-large', 'config.json'));
  });

  test('a zip bomb that declares little fills no more than that', async () => {
    const bomb = Buffer.from(zipSync({ ...members(), 'config.json': new Uint8Array(LARGEST_CONFIG + 1) }));
    // The size stands in the directory at the end of the archive, 24 bytes behind the mark of a member.
    const entry = bomb.indexOf(Buffer.from('config.json'), bomb.length - 1000);
    bomb.writeUInt32LE(100, entry - 46 + 24);
    await expect(load('bomb.keras', bomb)).rejects.toMatchObject(failure('bad-file'));
  });
});
