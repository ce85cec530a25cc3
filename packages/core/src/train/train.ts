import { Observable } from 'rxjs';
import type { RunEvent } from '../contracts/events.js';
import { TrainingRun } from './training-run.js';
import type { TrainOptions } from './train-options.js';

/**
 * Trains a model and streams what happens.
 *
 * Cold: nothing happens before a subscription, and each subscription trains (again). Unsubscribing ends training
 * after the step in hand; to end it and still get `run:end`, abort `signal`. Errors of callbacks, datasets and options
 * error the stream.
 *
 * @example
 * train({ model, dataset, optimizer: adam(), epochs: 20, batchSize: 512 }).subscribe((event) => {
 *   if (event.type === 'epoch:end') console.log(event.epoch, event.logs.val_loss);
 * });
 */
export function train(options: TrainOptions): Observable<RunEvent> {
  return new Observable<RunEvent>((subscriber) => {
    const run = new TrainingRun(options, subscriber);
    run.execute().then(
      () => subscriber.complete(),
      (error: unknown) => subscriber.error(error),
    );
  });
}
