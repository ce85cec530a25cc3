import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host, HostEvent, StopSignal } from '../host.js';

/** A host whose output can be read and whose signals can be sent. */
export interface TestHost extends Host {
  readonly out: () => string;
  readonly err: () => string;
  readonly exits: readonly number[];
  send(signal: StopSignal): void;
  /** An error that nobody caught. */
  throwUncaught(error: unknown): void;
  /** Writes a file into the working folder. */
  write(name: string, text: string): string;
}

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A host with an empty working folder of its own, removed after the tests. */
export function testHost(argv: readonly string[] = [], env: Host['env'] = {}): TestHost {
  const cwd = mkdtempSync(join(tmpdir(), 'wellfit-cli-'));
  folders.push(cwd);
  const events = new EventEmitter();
  const out: string[] = [];
  const err: string[] = [];
  const exits: number[] = [];
  const emit = (event: HostEvent, cause: unknown): void => {
    if (!events.emit(event, cause)) throw new Error(`nobody listens to ${event}`);
  };
  return {
    argv,
    cwd,
    env,
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    on: (signal, listener) => events.on(signal, listener),
    off: (signal, listener) => events.off(signal, listener),
    exit: (code) => {
      exits.push(code);
    },
    finish: (code) => Promise.resolve(code),
    out: () => out.join(''),
    err: () => err.join(''),
    exits,
    send: (signal) => emit(signal, signal),
    throwUncaught: (error) => emit('uncaughtException', error),
    write: (name, text) => {
      const path = join(cwd, name);
      writeFileSync(path, text);
      return path;
    },
  };
}
