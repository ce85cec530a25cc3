import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { writing } from './errors.js';
import { replaceFile } from './replace-file.js';

/**
 * Writes a whole file so that readers see the old content or the new, never a part, also where the disk gets full.
 * Creates its folder. Devices and pipes, such as `/dev/stdout`, are written to directly: renaming a file over them
 * would replace them.
 *
 * @param content Text, written as UTF-8, or bytes.
 * @throws ReporterError `write-failed`.
 * @example
 * writeAtomically('report.html', await renderReport(record));
 */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  writing(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    const target = statSync(path, { throwIfNoEntry: false });
    if (target === undefined || target.isFile()) replaceFile(path, content);
    else writeFileSync(path, content);
  });
}

/** Writes plain data as indented JSON, see {@link writeAtomically}. */
export function writeJson(path: string, data: object): void {
  writeAtomically(path, `${JSON.stringify(data, null, 2)}\n`);
}
