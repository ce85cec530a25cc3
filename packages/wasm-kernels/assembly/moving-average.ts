/** `average = average * momentum + current * share`, in place. */
export function movingAverage(average: usize, current: usize, momentum: f32, share: f32, size: i32): void {
  for (const stop = average + (<usize>size << 2); average < stop; average += 4) {
    store<f32>(average, load<f32>(average) * momentum + load<f32>(current) * share);
    current += 4;
  }
}
