import { engine, fill, tidy } from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { hostOf } from '../hosts.js';

useBackend('wasm');

const BYTES = 100_000;

test.each(['scratch', 'zeros'] as const)(
  '%s is memory of nobody else, also after it found no room',
  (area) => {
    const host = hostOf(engine().backend);
    // Larger than what other tests had, so that it is given back.
    host[area](BYTES);
    expect(() => host[area](2 ** 32 - 4096)).toThrow(/no room/);
    tidy(() => {
      const others = Array.from({ length: 8 }, () => host.address(fill([BYTES / 4], 1)));
      const own = host[area](BYTES);
      for (const other of others) expect(Math.abs(own - other)).toBeGreaterThanOrEqual(BYTES);
    });
  },
);

test('zeros are 0 again after they found no room', () => {
  const host = hostOf(engine().backend);
  expect(() => host.zeros(2 ** 32 - 4096)).toThrow(/no room/);
  tidy(() => {
    for (let i = 0; i < 8; i++) fill([BYTES / 4], 7);
  });
  const at = host.zeros(BYTES);
  const heap = host.backend.wasm.HEAPU8;
  expect(heap.subarray(at, at + BYTES).every((byte) => byte === 0)).toBe(true);
});
