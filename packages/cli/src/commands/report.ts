import { Command } from 'commander';
import type { Host } from '../host.js';

/** `wellfit report <run-folder>`. */
export function reportCommand(host: Host, done: (code: number) => void): Command {
  return new Command('report')
    .description(
      'Write the HTML report and the figures of a run again from its folder, also of one that was cut short.',
    )
    .argument('<run-folder>', 'a folder that `wellfit run` made')
    .addHelpText('after', '\nExample:\n  $ wellfit report runs/imdb-capacity-20261120-101500-a1b2c3')
    .option('--chart', 'draw the curves in the terminal instead')
    .action(async (folder: string, { chart = false }: { readonly chart?: boolean }) => {
      if (chart) {
        const { drawChart } = await import('../run/draw-chart.js');
        host.stdout.write(drawChart(folder, host));
        return done(0);
      }
      const { rebuildReport } = await import('../run/rebuild-report.js');
      const { rebuildFigures } = await import('../run-folders/rebuild-figures.js');
      host.stdout.write(`report:  ${await rebuildReport(folder, host.cwd)}\n`);
      const figures = await rebuildFigures(folder, host);
      if (figures.length > 0) host.stdout.write(`figures: ${figures.join(', ')}\n`);
      done(0);
    });
}
