/**
 * A callback as a hook object: stops training once the validation accuracy is good enough.
 *
 * @param {{ accuracy?: number }} [options] `accuracy` in [0, 1], default 0.9.
 * @returns {import('@wellfit/core').CallbackHooks}
 */
export default function goodEnough({ accuracy = 0.9 } = {}) {
  return {
    name: 'good-enough',
    onEpochEnd(epoch, logs, run) {
      if (logs.val_accuracy >= accuracy) run.stop(`val_accuracy reached ${accuracy} in epoch ${epoch}`);
    },
  };
}
