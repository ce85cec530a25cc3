import type { Measurement, MeasuredBackend } from './measure-backends.js';

/** The measured times as a table, and below it what `auto` takes. */
export function renderMeasurement({
  experiment,
  arm,
  batchSize,
  multiplications,
  backends,
  auto,
}: Measurement): string {
  const millions = (count: number): string => Math.round(count / 1e6).toLocaleString('en-US');
  const size =
    multiplications === undefined
      ? ''
      : `; ${millions(multiplications)} million multiplications in convolutions`;
  const rows = backends.map((one) =>
    [
      one.backend.padEnd(7),
      ('problem' in one ? '-' : one.msPerStep.toFixed(1)).padStart(11),
      ('problem' in one ? '-' : String(one.steps)).padStart(5),
      ` ${one.backend === auto.backend ? 'auto ' : '     '}`,
      'problem' in one ? one.problem.split('\n')[0] : one.detail,
    ].join('  '),
  );
  const fastest = fastestOf(backends);
  return [
    `a training step of ${experiment}, arm ${arm}, batches of ${batchSize}${size}`,
    '',
    `${'backend'.padEnd(7)}  ${'ms per step'.padStart(11)}  ${'steps'.padStart(5)}`,
    ...rows.map((row) => row.trimEnd()),
    '',
    `auto takes ${auto.backend}: ${auto.reason}`,
    ...(fastest === undefined || fastest === auto.backend
      ? []
      : [`${fastest} was the fastest here: --backend ${fastest} takes it`]),
    '',
  ].join('\n');
}

function fastestOf(backends: readonly MeasuredBackend[]): string | undefined {
  const timed = backends.flatMap((one) => ('problem' in one ? [] : [one]));
  return timed.sort((a, b) => a.msPerStep - b.msPerStep)[0]?.backend;
}
