import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { writing } from './errors.js';

/**
 * Writes a whole file so that readers see the old content or the new, never a part. Creates its folder. Devices and
 * pipes, such as `/dev/stdout`, are written to directly: renaming a file over them would replace them.
 *
 * @throws ReporterError `write-failed`.
 */
export function writeAtomically(path: string, content: string | Buffer): void {
  writing(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    const target = statSync(path, { throwIfNoEntry: false });
    if (target === undefined || target.isFile()) writeFileAtomic.sync(path, content);
    else writeFileSync(path, content);
  });
}

/** Writes plain data as indented JSON, see {@link writeAtomically}. */
export function writeJson(path: string, data: object): void {
  writeAtomically(path, `${JSON.stringify(data, null, 2)}\n`);
}
