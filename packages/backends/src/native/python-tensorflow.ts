import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

// Looks for it without importing it, which would take seconds. Without the working folder in the path, where a file of
// that name would be found.
const SCRIPT = [
  'import importlib.util as u, sys',
  'sys.path = [p for p in sys.path if p]',
  's = u.find_spec("tensorflow")',
  'print(s.submodule_search_locations[0] if s and s.submodule_search_locations else "")',
].join('\n');

/**
 * The folder of the TensorFlow that a Python has.
 *
 * @param python The command. Default: `python3`.
 * @returns undefined where there is no such Python, or no TensorFlow in it.
 */
export async function pythonTensorflow(python = 'python3'): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(python, ['-c', SCRIPT], { timeout: 30_000 });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
