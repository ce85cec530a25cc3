import { cacheFolder, mirror } from './settings.js';

const before = { ...process.env };
afterEach(() => {
  for (const name of ['WELLFIT_CACHE', 'WELLFIT_DATASETS']) {
    const value = before[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

test('takes the cache folder from the environment, else from the system', () => {
  process.env.WELLFIT_CACHE = '/somewhere/else';
  expect(cacheFolder()).toBe('/somewhere/else');
  process.env.WELLFIT_CACHE = '';
  expect(cacheFolder()).toMatch(/wellfit/i);
  expect(cacheFolder()).not.toContain('nodejs');
});

test('takes the mirror from the environment', () => {
  process.env.WELLFIT_DATASETS = 'https://example.org/data';
  expect(mirror()).toBe('https://example.org/data');
  process.env.WELLFIT_DATASETS = '';
  expect(mirror()).toBeUndefined();
});
