import { built, wellfit } from './test-support/built-command.js';
import { TINY } from './test-support/command.js';
import { testHost } from './test-support/test-host.js';

interface Printed {
  readonly experiment: string;
  readonly arm: string;
  readonly multiplications?: number;
  readonly backends: readonly { readonly backend: string; readonly msPerStep?: number; problem?: string }[];
  readonly auto: { readonly backend: string; readonly reason: string };
}

built(
  'doctor --measure times a step on each backend that is there, each in a process of its own',
  async () => {
    const host = testHost();
    const { cwd } = host;
    host.write('tiny.yaml', TINY);
    const { code, out, err } = await wellfit(['doctor', '--measure', 'tiny.yaml', '--json'], { cwd });
    expect({ code, err: err.replace('measuring native\n', '') }).toEqual({
      code: 0,
      err: 'measuring wasm\nmeasuring cpu\n',
    });
    const printed = JSON.parse(out) as Printed;
    expect(printed).toMatchObject({ experiment: 'tiny', arm: 'base', multiplications: 0 });
    expect(printed.backends.map(({ backend }) => backend)).toEqual(['wasm', 'native', 'cpu']);
    for (const { msPerStep, problem } of printed.backends) {
      if (problem === undefined) expect(msPerStep).toBeGreaterThan(0);
    }
    expect(printed.auto.backend).toBe('wasm');
  },
);

built('an experiment that is none is an error of the command line', async () => {
  const { code, out, err } = await wellfit(['doctor', '--measure', 'no-such'], { cwd: testHost().cwd });
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/no-such/);
});

built('an arm that cannot be trained is said for each backend, and the exit code is 1', async () => {
  const host = testHost();
  const { cwd } = host;
  host.write('tiny.yaml', TINY.replace('name: mlp, units: [2]', 'name: cnn'));
  const { code, out } = await wellfit(['doctor', '--measure', 'tiny.yaml'], { cwd });
  expect(code).toBe(1);
  expect(out).toMatch(/wasm +- +- .*\[model cnn\] needs images/);
});

built('Ctrl-C ends the measurement with its process', async () => {
  const started = performance.now();
  const { code, out, err } = await wellfit(['doctor', '--measure'], {
    cwd: testHost().cwd,
    started: (child) => {
      child.stderr?.on('data', (text: Buffer) => {
        if (text.includes('measuring wasm')) child.kill('SIGINT');
      });
    },
  });
  expect([code, out]).toEqual([130, '']);
  expect(err).toBe('measuring wasm\ninterrupted: the measurement was stopped\n');
  expect(performance.now() - started).toBeLessThan(30_000);
});
