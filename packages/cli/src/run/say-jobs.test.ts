import { testHost } from '../test-support/test-host.js';
import { sayJobs } from './say-jobs.js';

test.each([
  [2, 'native', /^note: runs are trained one at a time, not 2: .*--backend wasm trains several\n$/],
  [1, 'native', /^$/],
  ['auto', 'native', /^$/],
  [4, 'wasm', /^$/],
] as const)('--jobs %s on %s', (jobs, backend, message) => {
  const host = testHost();
  sayJobs(jobs, backend, host);
  expect(host.err()).toMatch(message);
});
