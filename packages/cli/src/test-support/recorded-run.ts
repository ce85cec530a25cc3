import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../main.js';
import { TINY } from './command.js';
import { testHost, type TestHost } from './test-host.js';

/** A run folder that tests look at, and change copies of. */
export interface RecordedRun {
  readonly cwd: string;
  /** The folder, relative to `cwd`: two arms, two seeds, two epochs. */
  readonly folder: string;
  /** Runs the command in `cwd`. */
  wellfit(this: void, ...args: string[]): Promise<TestHost & { readonly code: number }>;
  /** Makes a copy of the folder with one file changed, and gives its path. */
  changed(this: void, file: string, change: (text: string) => string): string;
}

/** Runs a small experiment before the tests of a file. */
export function useRecordedRun(): () => RecordedRun {
  let recorded: RecordedRun;
  let copies = 0;
  beforeAll(async () => {
    const host = testHost(['run', 'tiny.yaml', '--seeds', '2', '--no-report', '--quiet']);
    host.write('tiny.yaml', TINY);
    expect([await main(host), host.err()]).toEqual([0, '']);
    const { cwd } = host;
    const folder = resultsOf(host);
    recorded = {
      cwd,
      folder,
      wellfit: async (...args) => {
        const own = { ...testHost(args), cwd };
        return { ...own, code: await main(own) };
      },
      changed: (file, change) => {
        const copy = `copy-${(copies += 1)}`;
        cpSync(join(cwd, folder), join(cwd, copy), { recursive: true });
        const path = join(cwd, copy, file);
        writeFileSync(path, change(readFileSync(path, 'utf8')));
        return copy;
      },
    };
  });
  return () => recorded;
}

/** The run folder that the command has named. */
export function resultsOf({ out }: Pick<TestHost, 'out'>): string {
  return /^results: (.*)$/m.exec(out())?.[1] ?? '';
}
