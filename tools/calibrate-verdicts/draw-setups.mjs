/** How the runs of the corpus are set up: drawn at random, by seed, over all that makes models fit well or badly. */
import { randomStream } from '@wellfit/core';

const SEED = 7;
const RUNS_PER_WORLD = 22;

/** A set-up that costs more multiplications than this is drawn anew, so that the corpus is made within minutes. */
const MOST_MULTIPLICATIONS = 1.5e10;

/** Learning rates that do well, from and to. */
const RATES = { adam: [0.001, 0.01], rmsprop: [0.0005, 0.005], sgd: [0.05, 0.5] };

/** The set-ups of a world's runs; the last three are made to suit the data (two) and to blow up. */
export function drawSetups(world) {
  const drawn = Array.from({ length: RUNS_PER_WORLD }, (_, i) => {
    const random = randomStream(SEED, `setup/${world.name}/${i}`);
    let setup;
    do setup = drawSetup(world, random);
    while (multiplications(world, setup) > MOST_MULTIPLICATIONS);
    return { ...setup, seed: i + 1 };
  });
  return [...drawn, drawSuited(world, 1), drawSuited(world, 2), drawExploding(world)];
}

/** Enough data, a network of a good size, a good learning rate, mild regularization, not too many epochs. */
function drawSuited({ name, train, rate = 1 }, seed) {
  const { below, uniform } = randomStream(SEED, `suited/${name}/${seed}`);
  return {
    ...{ rows: Math.min(4000, train), units: [16 * 2 ** below(3)], optimizer: 'adam', batchSize: 64 },
    ...{ learningRate: rate * 0.001 * 3 ** uniform(), epochs: 5 + below(6), seed: RUNS_PER_WORLD + 1 + seed },
    ...(uniform() < 0.5 ? { dropout: 0.2 + 0.3 * uniform() } : { l2: 1e-4 * 10 ** uniform() }),
  };
}

/** Each step turns the weights round and makes them many times as large. */
function drawExploding({ name }) {
  const { below, uniform } = randomStream(SEED, `exploding/${name}`);
  return {
    ...{ rows: [150, 400, 1000][below(3)], units: [2 ** below(8)], optimizer: 'sgd', batchSize: 32 },
    ...{
      learningRate: 10 * 100 ** uniform(),
      l2: 0.5 * 10 ** uniform(),
      epochs: 8,
      seed: RUNS_PER_WORLD + 1,
    },
  };
}

/**
 * Networks that suit their data, on all training rows that there are: what the best of them reaches on the oracle's rows
 * stands for the best that can be reached.
 */
export function references({ train, rate = 1 }) {
  const shared = { rows: train, optimizer: 'adam', batchSize: 64, seed: 1 };
  return [
    { ...shared, units: [16], learningRate: rate * 0.003, epochs: 12, l2: 0.0003 },
    { ...shared, units: [64], learningRate: rate * 0.001, epochs: 12, dropout: 0.5 },
    { ...shared, units: [32, 16], learningRate: rate * 0.002, epochs: 12, dropout: 0.3 },
  ];
}

function drawSetup({ train, rate = 1 }, { below, uniform }) {
  const pick = (list) => list[below(list.length)];
  const between = (low, high) => low * (high / low) ** uniform();
  const rows = pick([50, 150, 400, 1000, 2500, 4000].filter((count) => count <= train));
  const width = 2 ** below(10);
  const optimizer = pick(['adam', 'adam', 'adam', 'adam', 'sgd', 'rmsprop']);
  return {
    rows,
    units: pick([[width], [width], [width, width]]),
    optimizer,
    learningRate: rate * between(...RATES[optimizer]) * drawSpeed(uniform(), between),
    ...drawRegularizer(uniform(), between),
    epochs: pick([5, 8, 12, 20, 30, 40]),
    // Not more than some 60 steps an epoch.
    batchSize: Math.max(pick([16, 32, 64]), 2 ** Math.ceil(Math.log2(rows / 60))),
  };
}

/** What the good learning rate is multiplied by. */
function drawSpeed(u, between) {
  if (u < 0.68) return 1;
  if (u < 0.78) return between(0.003, 0.1); // too low
  if (u < 0.84) return 1e-7; // as good as none
  return between(10, 10_000); // too high
}

function drawRegularizer(u, between) {
  if (u < 0.5) return {};
  if (u < 0.62) return { l2: between(1e-4, 0.02) };
  if (u < 0.7) return { l1: between(1e-5, 0.002) };
  if (u < 0.78) return { l2: between(0.1, 10) }; // crushing
  return { dropout: between(0.15, 0.6) };
}

/** Forward and backward for training rows, forward for those that are evaluated. */
function multiplications({ active, classes, validation, oracle }, { rows, units, epochs }) {
  const widths = [active, ...units, classes];
  const weights = widths.slice(1).reduce((sum, width, i) => sum + width * widths[i], 0);
  return epochs * weights * (4 * rows + validation + oracle);
}
