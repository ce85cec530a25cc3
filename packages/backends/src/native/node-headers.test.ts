import { join } from 'node:path';
import { emptyFolder, write } from './fake-installations.test-support.js';
import { nodeHeaders } from './node-headers.js';

test.each(['include/node', '.'])('finds them in %s of the folder that is named', (place) => {
  const root = write(emptyFolder(), { [join(place, 'node_api.h')]: '' });
  expect(nodeHeaders(root)).toBe(join(root, place));
});

test('where they are missing it says so, and how to name others', () => {
  const root = emptyFolder();
  const find = (): unknown => nodeHeaders(root);
  expect(find).toThrow(`Node's headers are missing: ${join(root, 'node_api.h')}`);
  expect(find).toThrow(/name an unpacked one.*by --node-headers/);
  expect(find).toThrow(expect.objectContaining({ code: 'bad-option' }) as Error);
});
