import { jest } from '@jest/globals';
import { memory, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { runInPlace, runKernel } from '@wellfit/core';
import type { KernelHost } from '../host/kernel-host.js';
import { startAfresh, stop } from '../start-afresh.test-support.js';

let host: KernelHost;
beforeAll(async () => ({ host } = await startAfresh({ threads: 2 })));
afterAll(stop);

const IMAGES = 50;
const source = {
  pixels: Uint8Array.from({ length: IMAGES * 7 }, (_, i) => (i * 37) % 256),
  shape: [7, 1, 1],
  table: Float32Array.from({ length: 256 }, (_, byte) => byte / 255),
};
const expected = (chosen: Uint32Array): number[] =>
  [...chosen].flatMap((image) =>
    [...source.pixels.subarray(7 * image, 7 * image + 7)].map((byte) => source.table[byte]),
  );
const read = (chosen: Uint32Array, next?: Uint32Array): Tensor =>
  runKernel('WellfitReadImages', {}, { ...source, chosen, next })[0];
const forget = (chosen: Uint32Array): void => runInPlace('WellfitForgetImages', {}, { chosen });
const batch = (first: number): Uint32Array =>
  Uint32Array.from({ length: 9 }, (_, i) => (first + 5 * i) % IMAGES);

/** Names of what other threads were told to begin with. */
function begun(run: () => void): string[] {
  const crew = host.crew!;
  const begin = crew.begin.bind(crew);
  const names: string[] = [];
  crew.begin = (name, ...rest) => {
    names.push(name);
    begin(name, ...rest);
  };
  try {
    run();
  } finally {
    crew.begin = begin;
  }
  return names;
}

test('a batch that was named as the next is read by other threads, with the same values, and leaves nothing', () => {
  const before = [memory().numTensors, host.backend.numDataIds()];
  const batches = [0, 1, 2, 3, 4].map(batch);
  const names = begun(() =>
    batches.forEach((chosen, i) => {
      tidy(() => {
        expect([...read(chosen, batches[i + 1]).dataSync()]).toEqual(expected(chosen));
      });
    }),
  );
  expect(names).toEqual(Array(4).fill('readImages'));
  expect([memory().numTensors, host.backend.numDataIds()]).toEqual(before);
});

test('images in memory that threads share are read from there: none of them stays on the heap', () => {
  const all = new Uint8Array(new SharedArrayBuffer(source.pixels.length));
  all.set(source.pixels);
  const resident = jest.spyOn(host.residents, 'addresses');
  const before = [memory().numTensors, host.backend.numDataIds()];
  const attrs = { ...source, pixels: all };
  const batches = [0, 1, 2].map(batch);
  batches.forEach((chosen, i) => {
    tidy(() => {
      const [images] = runKernel('WellfitReadImages', {}, { ...attrs, chosen, next: batches[i + 1] });
      expect([...images.dataSync()]).toEqual(expected(chosen));
    });
  });
  expect(resident.mock.calls.map(([owner]) => owner)).not.toContain(all);
  expect(resident.mock.calls.map(([owner]) => owner)).toContain(source.table);
  resident.mockRestore();
  expect([memory().numTensors, host.backend.numDataIds()]).toEqual(before);
  const beyond = { ...attrs, chosen: Uint32Array.of(IMAGES) };
  expect(() => runKernel('WellfitReadImages', {}, beyond)).toThrow(`image ${IMAGES} of ${IMAGES}`);
});

test('another batch may be read in between; what is not fetched is given up', () => {
  const before = host.backend.numDataIds();
  const [first, next, other, never] = [0, 1, 2, 3].map(batch);
  tidy(() => {
    read(first, next);
    expect([...read(other, never).dataSync()]).toEqual(expected(other));
    expect([...read(next).dataSync()]).toEqual(expected(next));
    expect([...read(next).dataSync()]).toEqual(expected(next));
  });
  forget(never);
  forget(never);
  expect(host.backend.numDataIds()).toBe(before);
});

test('an image that is not there is an error when its batch is read, not before', () => {
  const before = host.backend.numDataIds();
  const wrong = Uint32Array.of(1, IMAGES);
  tidy(() => {
    expect([...read(batch(0), wrong).dataSync()]).toEqual(expected(batch(0)));
    expect(() => read(wrong)).toThrow('A batch names image 50 of 50.');
  });
  expect(host.backend.numDataIds()).toBe(before);
});

test('a batch that is named twice is begun once', () => {
  const before = host.backend.numDataIds();
  const [first, second, next] = [0, 1, 2].map(batch);
  tidy(() => {
    const names = begun(() => [first, second].forEach((chosen) => read(chosen, next)));
    expect(names).toEqual(['readImages']);
    expect([...read(next).dataSync()]).toEqual(expected(next));
  });
  expect(host.backend.numDataIds()).toBe(before);
});

describe('where other threads fail', () => {
  const [first, next] = [0, 1].map(batch);
  /** Finishes what was begun before, and fails when it is finished itself. */
  const beginFailing = (): void => {
    const outside = 2 ** 32 - 4096;
    host.crew!.begin('transpose', [outside, 64, 64, outside], 16);
  };
  const failing: [string, () => void][] = [
    [
      'before a batch is begun',
      () => {
        beginFailing();
        expect(() => read(first, next)).toThrow();
      },
    ],
    [
      'before a batch is fetched',
      () => {
        read(first, next);
        beginFailing();
        expect(() => read(next)).toThrow();
      },
    ],
    [
      'before another batch is begun',
      () => {
        read(first, next);
        beginFailing();
        expect(() => read(first, batch(2))).toThrow();
      },
    ],
  ];

  test.each(failing)('%s, no memory is lost and no batch taken for one that was read', (_, fail) => {
    const before = host.backend.numDataIds();
    tidy(fail);
    expect(host.backend.numDataIds()).toBe(before);
    tidy(() => {
      expect([...read(next).dataSync()]).toEqual(expected(next));
    });
    expect(host.backend.numDataIds()).toBe(before);
  });
});

test.each(['the images', 'the batch'])('where there is no room for %s, nothing is left', (what) => {
  const before = [memory().numTensors, host.backend.numDataIds()];
  const attrs = { ...source, pixels: Uint8Array.from(source.pixels), chosen: batch(0) };
  const addresses = host.residents.addresses.bind(host.residents);
  const resident = jest.spyOn(host.residents, 'addresses').mockImplementation((owner, arrays) => {
    if (owner === attrs.pixels && what === 'the images') throw new Error('no room');
    return addresses(owner, arrays);
  });
  const output = host.output.bind(host);
  const made = jest.spyOn(host, 'output').mockImplementation((shape) => {
    if (shape.length > 1) throw new Error('no room');
    return output(shape);
  });
  try {
    expect(() => runKernel('WellfitReadImages', {}, attrs)).toThrow('no room');
  } finally {
    resident.mockRestore();
    made.mockRestore();
  }
  expect([memory().numTensors, host.backend.numDataIds()]).toEqual(before);
});
