import { pathToFileURL } from 'node:url';
import { cacheFolder, mirror, parseMirror } from './settings.js';

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
  expect(mirror()).toEqual({ address: 'https://example.org/data' });
  process.env.WELLFIT_DATASETS = '';
  expect(mirror()).toBeUndefined();
});

test.each([
  ['data sets', { folder: 'data sets' }],
  ['/data/a b', { folder: '/data/a b' }],
  ['C:/data', { folder: 'C:/data' }],
  [pathToFileURL('/data/a b').href, { folder: '/data/a b' }],
  ['HTTP://localhost:8080/', { address: 'HTTP://localhost:8080' }],
])('the mirror %s', (setting, expected) => {
  expect(parseMirror(setting)).toEqual(expected);
});

test.each(['ftp://example.org/data', 's3://bucket', 'file://elsewhere/data'])('no mirror: %s', (setting) => {
  expect(() => parseMirror(setting)).toThrow(
    expect.objectContaining({
      code: 'bad-mirror',
      message: expect.stringContaining(setting) as string,
    }) as Error,
  );
});
