import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Times the sides `stock` and `wellfit` of a benchmark, each in processes of its own, since kernels are replaced for a
 * whole process. The two take turns, so that a machine that slows down slows both. Prints the medians and their ratio.
 *
 * @param benchmark Address of the script; run with a side as its argument, it prints milliseconds a step as its last line.
 * @param what Says how much was timed; `sides` what stock and wellfit stand for.
 */
export function takeTurns(benchmark, { rounds, what, sides }) {
  const times = { stock: [], wellfit: [] };
  for (let round = 1; round <= rounds; round++) {
    for (const name of Object.keys(times)) {
      const printed = execFileSync(process.execPath, [fileURLToPath(benchmark), name], { encoding: 'utf8' });
      const time = JSON.parse(printed.trim().split('\n').at(-1));
      times[name].push(time);
      console.log(`round ${round}  ${name.padEnd(8)} ${time.toFixed(1).padStart(8)} ms a step`);
    }
  }
  console.log(`\nmedian of ${rounds} rounds of ${what}, Node ${process.version}`);
  const [slow, fast] = [median(times.stock), median(times.wellfit)];
  const width = Math.max(...sides.map((side) => side.length));
  console.log(`${sides[0].padEnd(width)} ${slow.toFixed(1).padStart(8)} ms a step`);
  console.log(`${sides[1].padEnd(width)} ${fast.toFixed(1).padStart(8)} ms a step`);
  console.log(`${'ratio'.padEnd(width)} ${(slow / fast).toFixed(1).padStart(8)}`);
}

/** The middle value, or the upper of the two in the middle. */
export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
