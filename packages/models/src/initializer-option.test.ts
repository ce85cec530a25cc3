import { initializers } from '@wellfit/layers';
import { z } from 'zod';
import { initializerOption, makeInitializer } from './initializer-option.js';
import { models } from './index.js';

test.each(Object.keys(models) as (keyof typeof models)[])(
  'the JSON Schema of %s lists the initializers with their own options',
  (name) => {
    const schema = JSON.stringify(
      z.toJSONSchema(models[name].plugin.options as z.ZodType, { io: 'input', target: 'draft-7' }),
    );
    for (const initializer of Object.keys(initializers)) expect(schema).toContain(`"const":"${initializer}"`);
    for (const option of ['stddev', 'gain', 'value', 'max']) expect(schema).toContain(`"${option}":{`);
  },
);

test('an initializer has the options that were given, and its own defaults', () => {
  const config = (use: unknown) => makeInitializer(initializerOption.parse(use)).config;
  expect(config('random-normal')).toEqual({ name: 'random-normal', mean: 0, stddev: 0.05 });
  expect(config({ name: 'random-normal', stddev: 1 })).toEqual({ name: 'random-normal', mean: 0, stddev: 1 });
});

test('options that contradict each other are found at their place', () => {
  const { error } = initializerOption.safeParse({ name: 'random-uniform', min: 2, max: 1 });
  expect(error?.issues.map(({ path }) => path)).toEqual([['max']]);
});
