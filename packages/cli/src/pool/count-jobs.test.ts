import { countJobs, threadsHere } from './count-jobs.js';

const GB = 2 ** 30;
const request = { jobs: 'auto', threads: 'auto', backend: 'wasm', cores: 8, memory: 64 * GB } as const;

test('a single run gets all threads, many get one each', () => {
  expect(countJobs({ ...request, runs: 1, jobs: 4 })).toEqual({ jobs: 1, threads: 'auto' });
  expect(countJobs({ ...request, runs: 20, jobs: 8 })).toEqual({ jobs: 8, threads: 1 });
  expect(countJobs({ ...request, runs: 2, jobs: 8 })).toEqual({ jobs: 2, threads: 4 });
  expect(countJobs({ ...request, runs: 20, jobs: 3 })).toEqual({ jobs: 3, threads: 2 });
  expect(countJobs({ ...request, runs: 20, jobs: 4, threads: 2 })).toEqual({ jobs: 4, threads: 2 });
});

test('from sources there are no worker threads, unless asked for', () => {
  expect(countJobs({ ...request, runs: 20 })).toEqual({ jobs: 1, threads: 'auto' });
});

test('where others train, this thread needs no more than itself', () => {
  expect(threadsHere({ jobs: 2, threads: 4 })).toBe(1);
  expect(threadsHere({ jobs: 1, threads: 'auto' })).toBe('auto');
});
