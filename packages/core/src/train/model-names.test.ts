import { useBackend } from '@wellfit/testing';
import { lastValueFrom, map, filter } from 'rxjs';
import type { Callback, RunCommand } from '../contracts/callback.js';
import { sgd } from '../optimizers/index.js';
import { linearModel } from './test-support/linear-model.js';
import { noisyDataset } from './test-support/noisy-dataset.js';
import { train } from './train.js';

useBackend();

/** Saves the model, or removes it, at the end of training. */
const saver = (
  savesModelsAs?: string,
  type: RunCommand['type'] = 'save-model',
  name = 'saver',
): Callback => ({
  name,
  ...(savesModelsAs !== undefined && { savesModelsAs }),
  connect: (events$) =>
    events$.pipe(
      filter((event) => event.type === 'training:end'),
      map(() => ({ type, name: `${savesModelsAs}x` }) as RunCommand),
    ),
});

/** The names under which a run with these callbacks saved its model. */
async function saved(callbacks: Callback[], hasStore = true): Promise<string[]> {
  const names: string[] = [];
  const model = linearModel(4);
  const optimizer = sgd();
  const store = {
    save: (name: string) => Promise.resolve(void names.push(name)),
    remove: () => Promise.resolve(),
  };
  try {
    const options = { model, optimizer, dataset: noisyDataset(), epochs: 1, batchSize: 25, callbacks };
    await lastValueFrom(train({ ...options, ...(hasStore && { models: store }) }));
    return names;
  } finally {
    model.dispose();
    optimizer.dispose();
  }
}

test('two callbacks that would overwrite each other are refused before anything is trained', async () => {
  await expect(saved([saver(''), saver('')])).rejects.toMatchObject({
    code: 'bad-option',
    message: expect.stringMatching(
      /^Two callbacks saver would overwrite each other's models.*give one a name of its own/,
    ) as string,
  });
  await expect(saved([saver('a'), saver('a', 'save-model', 'other')])).rejects.toThrow(
    /^The callbacks saver and other would overwrite/,
  );
});

test('with names of their own both save', async () => {
  expect(await saved([saver('a'), saver('b')])).toEqual(['ax', 'bx']);
});

test('where nothing can be saved, nothing is there to remove', async () => {
  expect(await saved([saver('a', 'remove-model')], false)).toEqual([]);
  await expect(saved([saver('a')], false)).rejects.toMatchObject({ code: 'callback-failed' });
});
