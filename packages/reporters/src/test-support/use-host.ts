import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReporterHost } from '@wellfit/core';

/** A host with an empty folder and a terminal or pipe that remembers what was written. */
export interface TestHost extends ReporterHost {
  readonly stdout: { isTTY: boolean; columns?: number; rows?: number; write(text: string): void };
  /** Everything written so far. */
  written(): string;
}

/** Creates an empty folder for each test and removes it afterwards. */
export function useHost(terminal: { columns?: number; rows?: number } = {}): () => TestHost {
  let host: TestHost;
  beforeEach(() => {
    const chunks: string[] = [];
    const isTTY = terminal.columns !== undefined;
    const stdout = { isTTY, ...terminal, write: (text: string) => void chunks.push(text) };
    host = {
      folder: mkdtempSync(join(tmpdir(), 'wellfit-reporters-')),
      stdout,
      written: () => chunks.join(''),
    };
  });
  afterEach(() => rmSync(host.folder, { recursive: true, force: true }));
  return () => host;
}
