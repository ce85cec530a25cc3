import { join } from 'node:path';
import { elfHeader, emptyFolder, wheelFiles, write } from './fake-installations.test-support.js';
import { tensorflowInstallation } from './tensorflow-installation.js';

const under = (prefix: string): Record<string, string | Buffer> =>
  Object.fromEntries(Object.entries(wheelFiles()).map(([name, file]) => [join(prefix, name), file]));

test.each(['.', 'tensorflow', 'lib/python3.11/site-packages/tensorflow'])(
  'finds the TensorFlow of a wheel in %s',
  (prefix) => {
    const root = write(emptyFolder(), under(prefix));
    const folder = join(root, prefix);
    expect(tensorflowInstallation(root)).toEqual({
      folder,
      libraryFolder: folder,
      libraries: [join(folder, 'libtensorflow_cc.so.2'), join(folder, 'libtensorflow_framework.so.2')],
      include: join(folder, 'include'),
    });
  },
);

test('finds the library for C', () => {
  const {
    'libtensorflow_cc.so.2': library,
    'libtensorflow_framework.so.2': framework,
    ...headers
  } = wheelFiles();
  const root = write(emptyFolder(), {
    'lib/libtensorflow.so.2': library,
    'lib/libtensorflow_framework.so.2': framework,
    ...headers,
  });
  expect(tensorflowInstallation(root)).toMatchObject({
    folder: root,
    libraryFolder: join(root, 'lib'),
    libraries: [expect.stringMatching(/libtensorflow\.so\.2$/), expect.anything()],
  });
});

const other = process.arch === 'x64' ? 'arm64' : 'x64';

test.each<[string, Record<string, string | Buffer>, string, RegExp]>([
  ['no TensorFlow', {}, 'bad-option', /holds no libtensorflow_cc\.so\.2 with .*pip install tensorflow-cpu/],
  [
    'TensorFlow 1',
    { 'lib/libtensorflow.so.1': '', 'lib/libtensorflow_framework.so.1': '' },
    'no-tensorflow',
    /\/lib holds a TensorFlow of another version than 2/,
  ],
  [
    'another architecture',
    wheelFiles(elfHeader(other)),
    'no-tensorflow',
    new RegExp(`libtensorflow_cc\\.so\\.2 is made for ${other}, and this Node.js runs on ${process.arch}`),
  ],
  [
    'a text in place of a library',
    wheelFiles(Buffer.from('hi')),
    'no-tensorflow',
    /is damaged, or no library for Linux/,
  ],
])('%s is an error that says what to do', (_, files, code, message) => {
  const root = write(emptyFolder(), files);
  const find = (): unknown => tensorflowInstallation(root);
  expect(find).toThrow(message);
  expect(find).toThrow(expect.objectContaining({ code }) as Error);
});

test('a folder that is not there, and headers that are missing, are named', () => {
  const root = emptyFolder();
  expect(() => tensorflowInstallation(join(root, 'none'))).toThrow(
    /There is no .*none\. Name a TensorFlow 2/,
  );
  const { 'include/tensorflow/c/eager/c_api.h': _, ...rest } = wheelFiles();
  write(root, rest);
  expect(() => tensorflowInstallation(root)).toThrow(/headers are incomplete: .*eager\/c_api\.h is missing/);
});
