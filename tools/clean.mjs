/** Removes `dist` and `.tsbuild` together: with only one of them gone, `tsc -b` emits partial output. */
import { readdir, rm } from 'node:fs/promises';

for (const name of await readdir('packages')) {
  for (const folder of ['dist', '.tsbuild'])
    await rm(`packages/${name}/${folder}`, { recursive: true, force: true });
}
