import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** As `replaceFile` names a file until all of it is on the disk. */
const UNFINISHED = /\.[0-9a-f]{12}\.tmp$/;

/** Removes what a killed process had begun to write in a run folder. To be called by who has claimed it. */
export function clearUnfinished(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (UNFINISHED.test(name)) rmSync(join(folder, name), { force: true });
  }
}
