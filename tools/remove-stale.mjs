/** Removes from every package's `dist` what was compiled from sources that are gone: Nx would keep it, and npm pack it. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMPILED = /\.(d\.ts|js)(\.map)?$/;
const packages = fileURLToPath(new URL('../packages', import.meta.url));

for (const name of readdirSync(packages)) {
  const dist = join(packages, name, 'dist');
  if (!existsSync(dist)) continue;
  for (const file of readdirSync(dist, { recursive: true })) {
    if (!COMPILED.test(file)) continue;
    const source = join(packages, name, 'src', file.replace(COMPILED, '.ts'));
    if (!existsSync(source)) rmSync(join(dist, file));
  }
}
