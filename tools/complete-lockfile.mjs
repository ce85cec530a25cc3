/**
 * Adds to package-lock.json the platform binaries (optional dependencies such as `@swc/core-darwin-arm64`) that npm left
 * out because the registry at hand did not have them: `npm ci` refuses a lock file that does not name them all. Run
 * after `npm install`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
const PLATFORM =
  /-(darwin|linux|win32|android|freebsd|openharmony)-(arm64|arm|x64|ia32|ppc64|s390x|loong64|riscv64)/;

for (const owner of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
    const platform = PLATFORM.exec(name);
    const key = `node_modules/${name}`;
    if (lock.packages[key] || !platform) continue;
    const [, os, cpu] = platform;
    lock.packages[key] = { version, cpu: [cpu], dev: owner.dev, optional: true, os: [os] };
    console.log(`added ${name} ${version}`);
  }
}
const [root, ...rest] = Object.entries(lock.packages);
lock.packages = Object.fromEntries([root, ...rest.sort(([a], [b]) => (a < b ? -1 : 1))]);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
