import { exitCodes } from '../exit-codes.js';
import type { Host } from '../host.js';
import { measureBackends } from './measure-backends.js';
import { renderMeasurement } from './render-measurement.js';

/**
 * Measures and prints. Progress goes to stderr: one line on a terminal, elsewhere a line for each backend.
 *
 * @param reference Undefined for what is built in.
 * @returns The exit code: `failed` where no backend could be timed.
 */
export async function measureFromCommand(
  reference: string | undefined,
  json: boolean,
  host: Host,
  signal: AbortSignal,
): Promise<number> {
  const { stderr } = host;
  let shown = '';
  const onProgress = (backend: string, doing: string): void => {
    if (stderr.isTTY) stderr.write(`\r${`measuring ${backend}: ${doing}`.padEnd(shown.length)}`);
    else if (doing === 'starting') stderr.write(`measuring ${backend}\n`);
    shown = `measuring ${backend}: ${doing}`;
  };
  const endLine = (): unknown => stderr.isTTY && stderr.write(`\r${' '.repeat(shown.length)}\r`);
  try {
    const measurement = await measureBackends(reference, host.cwd, { signal, onProgress });
    endLine();
    host.stdout.write(json ? `${JSON.stringify(measurement, null, 2)}\n` : renderMeasurement(measurement));
    const timed = measurement.backends.some((one) => 'msPerStep' in one);
    return timed ? exitCodes.ok : exitCodes.failed;
  } catch (error) {
    endLine();
    if (signal.aborted) stderr.write('interrupted: the measurement was stopped\n');
    throw error;
  }
}
