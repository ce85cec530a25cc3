import { filter, map } from 'rxjs';

/**
 * A callback as an event and command stream: halves the learning rate after each epoch whose validation loss is not
 * the lowest so far.
 *
 * @param {{ factor?: number }} [options] What the learning rate is multiplied by, default 0.5.
 * @returns {import('@wellfit/core').Callback}
 */
export default function halveOnPlateau({ factor = 0.5 } = {}) {
  let lowest = null;

  return {
    name: 'halve-on-plateau',

    connect: (events$, run) =>
      events$.pipe(
        filter((event) => event.type === 'epoch:end'),
        map((event) => event.logs.val_loss),
        filter((loss) => {
          const isLowest = lowest === null || loss <= lowest;
          if (isLowest) lowest = loss;
          return !isLowest;
        }),
        map(() => ({ type: 'set-learning-rate', value: run.learningRate * factor })),
      ),

    state: () => lowest,
    resume(state) {
      lowest = state;
    },
  };
}

halveOnPlateau.plugin = {
  kind: 'callback',
  name: 'halve-on-plateau',
  description: 'Halves the learning rate whenever the validation loss is not the lowest so far.',
};
