import { spawn, type ChildProcess } from 'node:child_process';
import { BackendError } from '../errors.js';

/**
 * Runs a compiler to its end.
 *
 * @param signal Ends it and all that it has started: g++ leaves the work to other programs, which would go on without it.
 * @throws BackendError `no-compiler`, `build-failed` with its last lines; what an abort rejects with.
 */
export async function compile(
  compiler: string,
  given: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  // `detached` gives it a process group of its own, so that the whole group can be ended.
  const child = spawn(compiler, given, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  const stop = (): void => endGroup(child);
  signal?.addEventListener('abort', stop);
  try {
    const { code, stderr } = await ended(child);
    signal?.throwIfAborted();
    if (code === 0) return;
    const lines = stderr.trimEnd().split('\n').slice(-12).join('\n');
    throw new BackendError(
      'build-failed',
      `${compiler} failed, and nothing was changed. Its last lines:\n${lines}`,
    );
  } catch (error) {
    const code: unknown = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT' && code !== 'EACCES') throw error;
    throw new BackendError(
      'no-compiler',
      `The C++ compiler ${compiler} cannot be started. Install it (apt-get install g++), or name one by --compiler.`,
      { cause: error },
    );
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function ended(child: ChildProcess): Promise<{ readonly code: number | null; readonly stderr: string }> {
  let stderr = '';
  // Templates can make pages of errors; only the end is shown.
  child.stderr?.on('data', (text: Buffer) => (stderr = (stderr + text.toString()).slice(-100_000)));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stderr }));
  });
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch (error) {
    // It has just ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
