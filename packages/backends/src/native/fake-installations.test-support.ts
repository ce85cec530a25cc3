import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { InstalledPackage } from '../installed-package.js';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** An empty folder, removed after the tests. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wellfit native ')); // paths may have spaces
  folders.push(folder);
  return folder;
}

/** Writes files, by their paths in the folder. */
export function write(folder: string, files: Readonly<Record<string, string | Buffer>>): string {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

/** A shell script that can be started. */
export function script(name: string, body: string): string {
  const path = join(emptyFolder(), name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

const E_MACHINE = { x64: 62, arm64: 183, 'no such': 60_000 };

/** The beginning of a library for Linux. */
export function elfHeader(machine: keyof typeof E_MACHINE = process.arch as 'x64'): Buffer {
  const header = Buffer.alloc(64);
  header.write('\x7fELF\x02\x01\x01', 'latin1');
  header.writeUInt16LE(E_MACHINE[machine], 18);
  return header;
}

/** The files that are looked for in a TensorFlow wheel. */
export function wheelFiles(library = elfHeader()): Record<string, string | Buffer> {
  return {
    'libtensorflow_cc.so.2': library,
    'libtensorflow_framework.so.2': library,
    'include/tensorflow/c/c_api.h': '',
    'include/tensorflow/c/eager/c_api.h': '',
    'include/tensorflow/c/tf_tensor.h': '',
    'include/tensorflow/core/platform/ctstring_internal.h': '',
  };
}

/** A tfjs-node whose entry does what `main` says; without an addon unless `addon` is given. */
export function fakeTfjsNode(main = '', addon?: string | Buffer): InstalledPackage {
  const folder = write(emptyFolder(), {
    'package.json': JSON.stringify({ name: 'fake', version: '4.22.0', main: 'index.cjs' }),
    'index.cjs': main,
    'binding/tfjs_binding.cc': '',
    ...(addon !== undefined && { 'lib/napi-v8/tfjs_binding.node': addon }),
  });
  return { folder, version: '4.22.0' };
}
