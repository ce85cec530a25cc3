import { nativePays } from './auto-rule.js';

test('without convolutions native never pays, whatever the limit', () => {
  const work = { arm: 'base', multiplications: 0 };
  expect(nativePays(work, 1)).toEqual({
    native: false,
    reason: 'no arm has convolutions, without which wasm is faster than native',
  });
});

test('from the limit on, and not below it; the reason names the arm and both numbers', () => {
  const at = (multiplications: number) => nativePays({ arm: 'wide', multiplications }, 2e9);
  expect([at(1.999e9).native, at(2e9).native]).toEqual([false, true]);
  expect(at(3e9).reason).toBe(
    'a step of the largest arm, wide, has 3,000 million multiplications in its convolutions; native is faster from 2,000 million',
  );
});

test('where the size is not known, wasm', () => {
  expect(nativePays(undefined, 1)).toEqual({ native: false, reason: 'how large the model is was not known' });
});

test('the limit lies where it was measured: above 3 x 3: 16, 32, and below 16-16, 32-32', () => {
  const at = (multiplications: number) => nativePays({ arm: 'a', multiplications }).native;
  expect([at(52e6), at(202.9e6)]).toEqual([false, true]);
});
