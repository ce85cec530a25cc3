import { add, mul, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { hasKernel, ownData, runInPlace } from '@wellfit/core';

/**
 * `average = average * momentum + current * (1 - momentum)`: in place where the backend has a kernel for it.
 *
 * @param average `[width]`; keeps its own data, also where others shared them.
 * @param current As `average`.
 * @param momentum Weight of the past, 0 to 1.
 */
export function updateMovingAverage(average: Variable, current: Tensor, momentum: number): void {
  if (hasKernel('WellfitMovingAverage')) {
    ownData(average);
    runInPlace('WellfitMovingAverage', { average, current }, { momentum });
  } else {
    average.assign(add(mul(average, momentum), mul(current, 1 - momentum)));
  }
}
