import { callbacks } from '@wellfit/callbacks';
import { reporters } from '@wellfit/reporters';
import { reporterUses } from './pick-reporters.js';

const plugins = { reporters, callbacks };
const plain = { uses: {}, added: [], quiet: false, report: true };

test.each([
  ['a terminal', plain, true, ['progress', 'run-folder', 'figure', 'html']],
  ['a pipe', plain, false, ['console', 'run-folder', 'figure', 'html']],
  ['quiet', { ...plain, quiet: true }, true, ['run-folder', 'figure', 'html']],
  ['no report', { ...plain, report: false }, false, ['console', 'run-folder']],
  ['one more', { ...plain, added: ['csv'] }, false, ['console', 'run-folder', 'figure', 'html', 'csv']],
  [
    'another one for the screen',
    { ...plain, added: ['console'] },
    true,
    ['run-folder', 'figure', 'html', 'console'],
  ],
  [
    'switched off by the experiment',
    { ...plain, uses: { figure: false } },
    false,
    ['console', 'run-folder', 'html'],
  ],
])('%s', (_, choice, isTTY, expected) => {
  expect(Object.keys(reporterUses(choice, plugins, isTTY))).toEqual(expected);
});

test('options of the experiment are kept where the command line adds the same reporter', () => {
  const uses = { csv: { path: 'x.csv' } };
  expect(reporterUses({ ...plain, uses, added: ['csv'] }, plugins, false).csv).toEqual({ path: 'x.csv' });
});

test('an unknown name suggests the right one', () => {
  expect(() => reporterUses({ ...plain, added: ['tabel', 'hmtl'] }, plugins, false)).toThrow(
    /--reporter tabel: unknown reporter "tabel"; known: console/,
  );
  expect(() => reporterUses({ ...plain, added: ['hmtl'] }, plugins, false)).toThrow(/Did you mean html\?/);
});
