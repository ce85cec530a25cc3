import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../main.js';
import { TINY } from '../test-support/command.js';
import { resultsOf, useRecordedRun } from '../test-support/recorded-run.js';
import { testHost } from '../test-support/test-host.js';

const recorded = useRecordedRun();
const at = (...parts: string[]) => join(recorded().cwd, ...parts);

test('report, figures and the table of epochs come again as the run wrote them', async () => {
  const reporters = 'reporters: { csv: true, figure: { kind: [curves, multiples], format: svg } }\n';
  const host = testHost(['run', 'tiny.yaml', '--quiet', '--no-models']);
  host.write('tiny.yaml', TINY + reporters);
  expect([await main(host), host.err()]).toEqual([0, '']);
  const folder = join(host.cwd, resultsOf(host));
  const made = ['curves.svg', 'epochs.csv', 'multiples.svg', 'report.html'];
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(made));
  const before = made.map((name) => readFileSync(join(folder, name), 'utf8'));
  for (const name of made) rmSync(join(folder, name));

  const again = { ...testHost(['report', resultsOf(host)]), cwd: host.cwd };
  expect([await main(again), again.err()]).toEqual([0, '']);
  expect(again.out()).toMatch(/^report: {2}.*\/report\.html\nfigures: curves\.svg, multiples\.svg\n$/);
  expect(made.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(before);
});

test('of an interrupted experiment too, whose events are torn', async () => {
  const folder = recorded().changed('l2/2/events.jsonl', (text) => text.slice(0, -40));
  rmSync(at(folder, 'l2', '1'), { recursive: true });
  cpSync(at(folder, 'experiment.json'), at(folder, 'before.json'));
  const { code, out, err } = await recorded().wellfit('report', folder);
  expect([code, err()]).toEqual([0, '']);
  expect(out()).toContain('figures: curves.png, curves.svg\n');
  expect(readFileSync(at(folder, 'report.html'), 'utf8')).toContain('broke off before its end');
  expect(readFileSync(at(folder, 'experiment.json'))).toEqual(readFileSync(at(folder, 'before.json')));
});

test('a path in a recorded specification is not written to', async () => {
  const folder = recorded().changed('experiment.json', (text) => {
    expect(text).toContain('"reporters": {}');
    return text.replace('"reporters": {}', `"reporters": { "figure": { "path": "${at('stolen.svg')}" } }`);
  });
  expect((await recorded().wellfit('report', folder)).code).toBe(0);
  expect(existsSync(at('stolen.svg'))).toBe(false);
  expect(existsSync(at(folder, 'curves.svg'))).toBe(true);
});

test('a specification of another version costs no figure', async () => {
  const folder = recorded().changed('experiment.json', (text) =>
    text.replace('"reporters": {}', '"rapporteurs": {}'),
  );
  const { code, out } = await recorded().wellfit('report', folder);
  expect(code).toBe(0);
  expect(out()).toContain('figures: curves.png, curves.svg\n');
});
