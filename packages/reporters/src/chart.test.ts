import { stripVTControlCharacters } from 'node:util';
import { firstValueFrom, from, lastValueFrom } from 'rxjs';
import stringWidth from 'string-width';
import { chart } from './chart.js';
import { renderChart } from './chart/render-chart.js';
import { experimentRecord } from './experiment-record.js';
import { capacityArms, type Script, scriptedExperiment } from './test-support/scripted-experiment.js';
import { useHost } from './test-support/use-host.js';

const host = useHost();
const draw = async (script: Script, columns = 80, color = false) =>
  renderChart(await firstValueFrom(from(scriptedExperiment(script)).pipe(experimentRecord)), {
    columns,
    color,
  });
const sizes = [250, 25_000].map((trainRows) => ({
  ...capacityArms[1],
  name: `rows-${trainRows}`,
  trainRows,
  initialSd: trainRows === 250 ? 0 : 0.1,
}));

test('prints at the end, plain in a pipe', async () => {
  await lastValueFrom(chart({ columns: 60 }, host()).connect(from(scriptedExperiment())), {
    defaultValue: undefined,
  });
  const text = host().written();
  expect(text).toMatch(/^\nTraining loss by epoch \(train_loss\)\n/);
  expect(text).toContain('Validation accuracy by epoch (val_accuracy)\n');
  expect(text).toMatch(/\nA 4-4 {3}B 16-16 {3}C 512-512\n$/);
  expect(text).not.toContain('\u001b');
});

test.each([36, 40, 80, 100, 200])('stays within %d columns, also in color', async (columns) => {
  const arms = [...sizes, { ...capacityArms[2], name: 'an-arm-with-a-very-long-name-that-goes-on-and-on' }];
  const text = await draw({ arms, distributions: true }, columns, true);
  for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
});

test('colors tell the arms apart, letters where there are none or too many arms', async () => {
  const colored = await draw({}, 80, true);
  expect(colored).toContain('\u001b[36m──\u001b[39m 4-4');
  expect(colored).toContain('\u001b[33m──\u001b[39m 16-16');
  const arms = Array.from({ length: 13 }, (_, i) => ({ ...capacityArms[0], name: `arm-${i}` }));
  expect(stripVTControlCharacters(await draw({ arms, seeds: [1] }, 80, true))).toContain('M arm-12');
  expect(await draw({ arms: [capacityArms[0]] })).not.toContain('A 4-4');
});

test('training and validation stand side by side where there is room, on the same y-axis', async () => {
  const [head, first] = (await draw({}, 100)).split('\n');
  expect(head).toMatch(/^Training loss by epoch .* Validation loss by epoch/);
  expect(first).toMatch(/^(\d\.\d)┤ +\1┤/);
  expect((await draw({}, 80)).split('\n')[0]).toBe('Training loss by epoch (train_loss)');
});

test('shows training sizes as a table with bars, with the gap', async () => {
  const text = await draw({ arms: sizes, seeds: [1] });
  expect(text).toContain('imdb: loss by training rows');
  expect(text).toMatch(/^ +250 {2}0\.\d{3} .* {2}0\.\d{3} █+.? *0\.\d{3}$/m);
  expect(await draw({})).not.toContain('training rows');
});

test('shows histograms before and after training, and says where all values are equal', async () => {
  const text = await draw({ arms: sizes, distributions: true });
  expect(text).toContain('Weights before → after training (seed 1)');
  expect(text).toMatch(/^ {2}hidden_1 +█ +→ +█ +all 0, before and after$/m);
  expect(text).toMatch(/^ {2}output +▁+.*█.* → ▁+.*█.* {2}sd 0\.\d+ → 0\.\d+$/m);
  expect(await draw({ arms: sizes })).not.toContain('Weights');
});

test('says where there is nothing to draw, and prints hostile names as text', async () => {
  expect(await draw({ cancelAfter: 3 })).toBe('No epoch was finished.\n');
  const name = 'a\u001b[31mb\u0007';
  const text = await draw({ arms: [{ ...capacityArms[0], name }], distributions: true });
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});
