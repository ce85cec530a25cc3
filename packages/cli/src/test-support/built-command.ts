import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/wellfit.js', import.meta.url));

/** `test` where the command is built. `npm test` builds first; a single package's tests may run without a build. */
export const built = existsSync(new URL('../../dist/index.js', import.meta.url)) ? test : test.skip;

/** How the command ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What a test wants otherwise. */
export interface Setting {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A file descriptor instead of a pipe. */
  readonly stdout?: number;
  /** Called with the process when it has started. */
  readonly started?: (child: ChildProcess) => void;
  /** Sees the output so far each time some comes. */
  readonly watch?: (out: string, child: ChildProcess) => void;
}

/** Runs Node in a process of its own. */
export function node(args: readonly string[], { cwd, env, stdout, started, watch }: Setting): Promise<Ended> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', stdout ?? 'pipe', 'pipe'],
  });
  started?.(child);
  let [out, err] = ['', ''];
  child.stdout?.on('data', (text: Buffer) => {
    out += text.toString();
    watch?.(out, child);
  });
  child.stderr?.on('data', (text: Buffer) => (err += text.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

/** Runs the built command in a process of its own. */
export function wellfit(args: readonly string[], setting: Setting): Promise<Ended> {
  return node([BIN, ...args], setting);
}
