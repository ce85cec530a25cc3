/*
 * Steps of optimizers, in place: each updates a weight and what is kept for it in one pass. The formulas, and the order
 * of their operations, are those of the composed rules, so that both give the same bits: no fused multiply-add here.
 */
import { giveRest, startOf, stopOf, takeRest, WHOLE } from './ranges';

/** Gradient descent: `w -= rate g`. */
export function sgd(weight: usize, gradient: usize, size: i32, rate: f32, begin: i32, end: i32): void {
  const stop = stopOf(end, size);
  const rates = f32x4.splat(rate);
  for (let at = startOf(begin); at < (stop & WHOLE); at += 16) {
    const descent = f32x4.mul(v128.load(gradient + at), rates);
    v128.store(weight + at, f32x4.sub(v128.load(weight + at), descent));
  }
  const rest = stop & ~WHOLE;
  if (rest) {
    const at = stop - rest;
    const spare = takeRest(rest, weight + at, gradient + at);
    sgd(spare, spare + 16, 4, rate, 0, 1);
    giveRest(spare, rest, weight + at);
  }
}

/** Momentum: `m = kept m - rate g`, then `w += m`; with `nesterov`, `w += kept m - rate g`. */
export function momentum(
  weight: usize,
  gradient: usize,
  m: usize,
  size: i32,
  rate: f32,
  kept: f32,
  nesterov: i32,
  begin: i32,
  end: i32,
): void {
  const stop = stopOf(end, size);
  const rates = f32x4.splat(rate);
  const share = f32x4.splat(kept);
  for (let at = startOf(begin); at < (stop & WHOLE); at += 16) {
    const descent = f32x4.mul(v128.load(gradient + at), rates);
    let step = f32x4.sub(f32x4.mul(v128.load(m + at), share), descent);
    v128.store(m + at, step);
    if (nesterov) step = f32x4.sub(f32x4.mul(step, share), descent);
    v128.store(weight + at, f32x4.add(v128.load(weight + at), step));
  }
  const rest = stop & ~WHOLE;
  if (rest) {
    const at = stop - rest;
    const spare = takeRest(rest, weight + at, gradient + at, m + at);
    momentum(spare, spare + 16, spare + 32, 4, rate, kept, nesterov, 0, 1);
    giveRest(spare, rest, weight + at, 0, m + at);
  }
}

/**
 * RMSprop: `v = rho v + fresh g^2`, then `w -= rate g / sqrt(v + epsilon)`.
 *
 * @param mean Where not 0: `mean = rho mean + fresh g`, whose square is subtracted from `v` in the root.
 * @param accumulated Where not 0: `accumulated = kept accumulated + step`, and that is subtracted from the weight.
 */
export function rmsprop(
  weight: usize,
  gradient: usize,
  velocity: usize,
  mean: usize,
  accumulated: usize,
  size: i32,
  rate: f32,
  rho: f32,
  fresh: f32,
  kept: f32,
  epsilon: f32,
  begin: i32,
  end: i32,
): void {
  const stop = stopOf(end, size);
  const past = f32x4.splat(rho);
  const present = f32x4.splat(fresh);
  for (let at = startOf(begin); at < (stop & WHOLE); at += 16) {
    const g = v128.load(gradient + at);
    const v = average(velocity + at, f32x4.mul(g, g), past, present);
    let variance = v;
    if (mean) {
      const center = average(mean + at, g, past, present);
      variance = f32x4.sub(v, f32x4.mul(center, center));
    }
    const root = f32x4.sqrt(f32x4.add(variance, f32x4.splat(epsilon)));
    let step = f32x4.div(f32x4.mul(g, f32x4.splat(rate)), root);
    if (accumulated) {
      step = f32x4.add(f32x4.mul(v128.load(accumulated + at), f32x4.splat(kept)), step);
      v128.store(accumulated + at, step);
    }
    v128.store(weight + at, f32x4.sub(v128.load(weight + at), step));
  }
  const rest = stop & ~WHOLE;
  if (rest) {
    const at = stop - rest;
    const mean1 = mean ? mean + at : 0;
    const accumulated1 = accumulated ? accumulated + at : 0;
    const spare = takeRest(rest, weight + at, gradient + at, velocity + at, mean1, accumulated1);
    rmsprop(
      spare, spare + 16, spare + 32, mean ? spare + 48 : 0, accumulated ? spare + 64 : 0,
      4, rate, rho, fresh, kept, epsilon, 0, 1,
    );
    giveRest(spare, rest, weight + at, 0, velocity + at, mean1, accumulated1);
  }
}

/** Moves the average at `address` towards `value`; what it is then. */
@inline
function average(address: usize, value: v128, past: v128, present: v128): v128 {
  const moved = f32x4.add(f32x4.mul(v128.load(address), past), f32x4.mul(value, present));
  v128.store(address, moved);
  return moved;
}

/**
 * Adam: `m += fresh1 (g - m)`, `v += fresh2 (g^2 - v)`, then `w -= rate m / (sqrt(v) + epsilon)`.
 *
 * @param rate With the corrections of the bias.
 * @param decay The share of itself that each weight loses before; 0 for none.
 */
export function adam(
  weight: usize,
  gradient: usize,
  m: usize,
  v: usize,
  size: i32,
  rate: f32,
  decay: f32,
  fresh1: f32,
  fresh2: f32,
  epsilon: f32,
  begin: i32,
  end: i32,
): void {
  const stop = stopOf(end, size);
  const rates = f32x4.splat(rate);
  const first = f32x4.splat(fresh1);
  const second = f32x4.splat(fresh2);
  const least = f32x4.splat(epsilon);
  for (let at = startOf(begin); at < (stop & WHOLE); at += 16) {
    const g = v128.load(gradient + at);
    const mean = approach(m + at, g, first);
    const square = approach(v + at, f32x4.mul(g, g), second);
    let w = v128.load(weight + at);
    if (decay != 0) w = f32x4.sub(w, f32x4.mul(w, f32x4.splat(decay)));
    const step = f32x4.div(f32x4.mul(mean, rates), f32x4.add(f32x4.sqrt(square), least));
    v128.store(weight + at, f32x4.sub(w, step));
  }
  const rest = stop & ~WHOLE;
  if (rest) {
    const at = stop - rest;
    const spare = takeRest(rest, weight + at, gradient + at, m + at, v + at);
    adam(spare, spare + 16, spare + 32, spare + 48, 4, rate, decay, fresh1, fresh2, epsilon, 0, 1);
    giveRest(spare, rest, weight + at, 0, m + at, v + at);
  }
}

/** Moves the average at `address` by a share of its distance to `value`; what it is then. */
@inline
function approach(address: usize, value: v128, share: v128): v128 {
  const old = v128.load(address);
  const moved = f32x4.add(old, f32x4.mul(f32x4.sub(value, old), share));
  v128.store(address, moved);
  return moved;
}

/** Adagrad: `a += g^2`, then `w -= rate g / sqrt(a + epsilon)`. */
export function adagrad(
  weight: usize,
  gradient: usize,
  accumulator: usize,
  size: i32,
  rate: f32,
  epsilon: f32,
  begin: i32,
  end: i32,
): void {
  const stop = stopOf(end, size);
  const rates = f32x4.splat(rate);
  const least = f32x4.splat(epsilon);
  for (let at = startOf(begin); at < (stop & WHOLE); at += 16) {
    const g = v128.load(gradient + at);
    const sum = f32x4.add(v128.load(accumulator + at), f32x4.mul(g, g));
    v128.store(accumulator + at, sum);
    const step = f32x4.div(f32x4.mul(g, rates), f32x4.sqrt(f32x4.add(sum, least)));
    v128.store(weight + at, f32x4.sub(v128.load(weight + at), step));
  }
  const rest = stop & ~WHOLE;
  if (rest) {
    const at = stop - rest;
    const spare = takeRest(rest, weight + at, gradient + at, accumulator + at);
    adagrad(spare, spare + 16, spare + 32, 4, rate, epsilon, 0, 1);
    giveRest(spare, rest, weight + at, 0, accumulator + at);
  }
}
