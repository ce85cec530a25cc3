import { parseArgs } from 'node:util';
import { sides, works } from './works.mjs';

const USAGE = `Times training: wellfit against stock TensorFlow.js, Keras and PyTorch.

  --only <works>    some works, with commas between: ${[...Object.keys(works), 'kernels'].join(', ')}
  --side <sides>    some sides: ${Object.keys(sides).join(', ')}
  --peer <name>     also a peer, repeatable: ${peers().join(', ')}
  --python <path>   the Python that has the peers (python3)
  --rounds <n>      processes a side (3)
  --epochs <n>      epochs a process, at least 2, as the first is not counted (20 for reviews, else 10)
  --profile         where wellfit's time goes, kernel by kernel, instead of the tables
  --write           writes the tables to benchmarks/RESULTS.md

WELLFIT_DATASETS names the folder of the real data; without it rows of the same shapes are generated.`;

/** What the command line asks for; ends the process where that cannot be, or with the usage. */
export const options = read();

function read() {
  const given = parsed();
  if (given.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const chosen = listed(given, 'side', Object.keys(sides));
  if (given.profile && given.write) fail('--write has no tables to write with --profile');
  return {
    works: listed(given, 'only', [...Object.keys(works), 'kernels']),
    sides: chosen,
    /** Whether the sides were given by name. */
    named: given.side !== undefined,
    // Whoever names a side of a peer asks for that peer.
    peers: [
      ...given.peer.map((peer) => known(peer, 'peer', peers())),
      ...(given.side === undefined ? [] : chosen.flatMap((side) => sides[side].peer ?? [])),
    ],
    python: given.python,
    rounds: wholeNumber(given, 'rounds', 1),
    // Absent: as each work has it.
    epochs: given.epochs === undefined ? undefined : wholeNumber(given, 'epochs', 2),
    profile: given.profile,
    write: given.write,
  };
}

function parsed() {
  try {
    return parseArgs({
      options: {
        only: { type: 'string' },
        side: { type: 'string' },
        peer: { type: 'string', multiple: true, default: [] },
        python: { type: 'string', default: 'python3' },
        rounds: { type: 'string', default: '3' },
        epochs: { type: 'string' },
        profile: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    return fail(error.message);
  }
}

function peers() {
  return [...new Set(Object.values(sides).flatMap(({ peer }) => peer ?? []))];
}

/** Names with commas between; all where none are given. */
function listed(given, option, all) {
  return given[option]?.split(',').map((name) => known(name, option, all)) ?? all;
}

function known(name, option, all) {
  return all.includes(name) ? name : fail(`--${option} ${name}: there are ${all.join(', ')}`);
}

function wholeNumber(given, option, least) {
  const number = Number(given[option]);
  if (Number.isInteger(number) && number >= least) return number;
  return fail(`--${option} must be a whole number of at least ${least}, not ${given[option]}`);
}

function fail(message) {
  console.error(`${message}; see --help`);
  process.exit(2);
}
