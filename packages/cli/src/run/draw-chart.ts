import { resolve } from 'node:path';
import { readRunFolder, renderChart } from '@wellfit/reporters';
import type { Host } from '../host.js';

/**
 * Draws the figures of a run folder as text, as wide as the terminal, in colors where there is one.
 *
 * @throws ReporterError where the folder cannot be read.
 */
export function drawChart(
  folder: string,
  { cwd, env, stdout }: Pick<Host, 'cwd' | 'env' | 'stdout'>,
): string {
  const color = stdout.isTTY === true && !env.NO_COLOR;
  return renderChart(readRunFolder(resolve(cwd, folder)), { columns: stdout.columns ?? 80, color });
}
