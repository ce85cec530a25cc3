import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { proveNative } from '@wellfit/backends';

/** Backends that run here, by name: `native` only where it loads. Tests of others are skipped by their name. */
export const here: Readonly<Record<string, boolean>> = {
  wasm: true,
  cpu: true,
  native: (await proveNative()).available,
};

/** Runs a script of this folder in a process of its own, as two backends do not mix in one, and reads its JSON. */
export function runScript<T>(
  name: string,
  args: readonly string[],
  { cwd, input = '' }: { readonly cwd?: string; readonly input?: string } = {},
): Promise<T> {
  const script = fileURLToPath(new URL(name, import.meta.url));
  const child = spawn(process.execPath, [script, ...args], { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on('data', (text: Buffer) => out.push(text.toString()));
  child.stderr.on('data', (text: Buffer) => err.push(text.toString()));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(out.join('')) as T);
      else reject(new Error(`${name} ${args.join(' ')} ended with code ${code}: ${err.join('')}`));
    });
  });
}
