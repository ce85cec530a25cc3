import type { ExperimentEvent } from '@wellfit/core';
import { from, lastValueFrom } from 'rxjs';
import { consoleReporter } from './console.js';
import { capacityArms, type Script, scriptedExperiment } from './test-support/scripted-experiment.js';
import { useHost } from './test-support/use-host.js';

const host = useHost();
const print = async (events: readonly ExperimentEvent[], options = {}) => {
  await lastValueFrom(consoleReporter(options, host()).connect(from(events)), { defaultValue: undefined });
  return host().written();
};
const play = (script?: Script, options = {}) => print(scriptedExperiment(script), options);

test('prints an experiment as Keras prints a fit, without any escape sequence in a pipe', async () => {
  const text = await play({ arms: [capacityArms[1]], seeds: [3], epochs: 2 });
  const lines = text.split('\n');
  expect(text).not.toContain('\u001b');
  expect(lines).toContain('imdb-capacity (1 arm × 1 seed, backend wasm)');
  expect(lines).toContain('imdb: download imdb.npz, 25 % of 17.5 MB');
  expect(lines).toContain('imdb: 25,000 train, 25,000 validation rows');
  expect(lines).toContain('Arm 16-16, seed 3 (160,305 parameters, 2 epochs of 4 steps)');
  expect(lines).toContain('Epoch 2/2');
  expect(text).toMatch(
    /^4\/4 - 1s - loss: 0\.\d{4} - accuracy: 0\.\d{4} - val_loss: 0\.\d{4} - val_accuracy: 0\.\d{4}$/m,
  );
  expect(lines).toContain('completed after 2 epochs: reached 2 epochs');
});

test('ends with the results table: a verdict for each arm and its evidence', async () => {
  const [, table] = (await play()).split('Completed in 2:41.\n\n');
  const lines = table.split('\n');
  expect(lines[0]).toMatch(/^ +lowest val +peak val +final val +final val +final$/);
  expect(lines[1]).toMatch(/^arm +verdict +parameters +loss \(epoch\) +accuracy +loss +accuracy +gap$/);
  expect(lines[2]).toMatch(/^4-4 +good fit +40,029 +0\.\d{4} ± 0\.\d{4} \([\d.]+\)/);
  expect(table).toMatch(/^512-512: overtrained\. Validation loss was lowest/m);
  expect(table).toMatch(/^Lowest validation loss without penalty: 4-4 \(0\.2752\)\.$/m);
});

test('says that one seed shows no difference between arms', async () => {
  const caution = /\(0\.\d{4}\)\.\nOne seed cannot show a difference between arms; .*--seeds 6\.\nBaseline/;
  expect(await play({ seeds: [1, 2] })).not.toContain('One seed');
  expect(await play({ seeds: [1] })).toMatch(caution);
});

test('shows the loss without penalty beside the one with it where an arm has a penalty', async () => {
  expect(await play()).not.toContain(' data loss');
  const arms = [capacityArms[0], { ...capacityArms[1], name: 'l2', penalty: 0.1 }];
  expect(await play({ arms })).toContain(' data loss');
});

test('prints all logs, or those asked for, and the summary once per arm', async () => {
  const text = await play({ arms: [capacityArms[0]], epochs: 1 }, { logs: 'all', summary: true });
  expect(text).toContain('train_accuracy: ');
  expect(text.match(/Total params: 40029/g)).toHaveLength(1);
  const brief = await play({ arms: [capacityArms[0]], epochs: 1 }, { logs: ['penalty', 'unheard-of'] });
  expect(brief).toContain('4/4 - 1s - penalty: 0.0000\n');
});

test('says how runs ended early, and that an experiment was cancelled', async () => {
  const stopped = { after: 6, status: 'stopped', reason: 'val_loss did not improve' } as const;
  const diverged = { after: 0, status: 'diverged', reason: 'loss is NaN' } as const;
  const arms = [
    { ...capacityArms[0], ends: stopped },
    { ...capacityArms[2], ends: diverged },
  ];
  const text = await play({ arms, seeds: [1] });
  expect(text).toContain('stopped after 6 epochs: val_loss did not improve; has the weights of epoch 4');
  expect(text).toContain('diverged after 0 epochs: loss is NaN');
  expect(text).toMatch(/^512-512 +inconclusive +5,383,681 +– +–/m);
  expect(await play({ cancelAfter: 30 })).toContain('Cancelled in 2:41.');
});

test('prints hostile texts as text', async () => {
  const text = await print([
    { type: 'warning', from: 'x\u001b]0;owned\u0007', message: 'a\u001b[2Jb\r\nc\u0000' },
    ...scriptedExperiment({ description: '\u001b[31mred\u009b2J', arms: [capacityArms[0]], epochs: 1 }),
  ]);
  expect(text).toContain('Warning from x: ab c');
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});
