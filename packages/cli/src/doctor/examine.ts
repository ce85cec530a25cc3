import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { arch, availableParallelism, cpus, freemem, platform, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { backends, proveNative, startBackend } from '@wellfit/backends';
import { cacheFolder, parseMirror } from '@wellfit/datasets';
import type { Host } from '../host.js';
import { ownVersion } from '../own-version.js';

/** One thing that was looked at. `note` does not keep experiments from running. */
export interface Finding {
  readonly what: string;
  readonly status: 'good' | 'note' | 'bad';
  readonly detail: string;
}

const GIGABYTE = 1024 ** 3;

/** Looks at everything that experiments need of this machine. Changes nothing. */
export async function examine(env: Host['env']): Promise<readonly Finding[]> {
  return [
    { what: 'wellfit', status: 'good', detail: ownVersion() },
    node(),
    { what: 'machine', status: 'good', detail: machine() },
    ...(await backendFindings()),
    await cache(cacheFolder()),
    await mirror(env.WELLFIT_DATASETS),
  ];
}

function node(): Finding {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const recent = major > 20 || (major === 20 && minor >= 20);
  const detail = recent ? process.versions.node : `${process.versions.node}: wellfit needs 20.20 or later`;
  return { what: 'Node.js', status: recent ? 'good' : 'bad', detail };
}

function machine(): string {
  const gigabytes = (bytes: number): string => (bytes / GIGABYTE).toFixed(1);
  const [cpu] = cpus();
  return (
    `${platform()} ${arch()}, ${availableParallelism()} cores${cpu ? ` (${cpu.model.trim()})` : ''}, ` +
    `${gigabytes(freemem())} of ${gigabytes(totalmem())} GiB memory free`
  );
}

async function backendFindings(): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [name, factory] of Object.entries(backends)) {
    // Native may look well and not load, and cannot be unloaded again.
    const { available, detail } = await (name === 'native' ? proveNative() : factory().probe());
    findings.push({ what: `backend ${name}`, status: available ? 'good' : 'note', detail });
  }
  try {
    const { backend, reason, activation } = await startBackend('auto');
    const { detail, reason: why } = activation;
    findings.push({ what: 'auto chooses', status: 'good', detail: `${backend.name}: ${reason}; it starts` });
    if (detail !== '') findings.push({ what: 'kernels', status: 'good', detail: `${detail} (${why})` });
  } catch (error) {
    findings.push({ what: 'auto chooses', status: 'bad', detail: messageOf(error) });
  }
  return findings;
}

/** The folder need not be there yet: then the nearest one above it counts. */
async function cache(folder: string): Promise<Finding> {
  const what = 'cache';
  try {
    const existing = await nearestExisting(folder);
    await access(existing, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(existing);
    const free = (bavail * bsize) / GIGABYTE;
    const status = free < 0.1 ? 'note' : 'good';
    return { what, status, detail: `${folder}, writable, ${free.toFixed(1)} GiB free` };
  } catch (error) {
    return {
      what,
      status: 'bad',
      detail: `${folder} cannot be written: ${messageOf(error)}; set WELLFIT_CACHE`,
    };
  }
}

async function nearestExisting(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return path;
  if (found) throw new Error(`${path} is not a folder`);
  const above = dirname(path);
  if (above === path) throw new Error(`${path} does not exist`);
  return nearestExisting(above);
}

async function mirror(setting: string | undefined): Promise<Finding> {
  const what = 'dataset mirror';
  if (!setting)
    return { what, status: 'good', detail: 'WELLFIT_DATASETS is not set: canonical sources are used' };
  try {
    const mirror = parseMirror(setting);
    if ('address' in mirror) return { what, status: 'good', detail: mirror.address };
    const found = await stat(mirror.folder).catch(() => undefined);
    if (found?.isDirectory()) return { what, status: 'good', detail: mirror.folder };
    return { what, status: 'bad', detail: `WELLFIT_DATASETS is ${setting}, and there is no such folder` };
  } catch (error) {
    return { what, status: 'bad', detail: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
