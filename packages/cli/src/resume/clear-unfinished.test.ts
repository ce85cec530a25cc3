import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearUnfinished } from './clear-unfinished.js';

test('removes files that were not renamed into place, and no other', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wellfit-unfinished-'));
  try {
    mkdirSync(join(folder, 'a', '1', 'checkpoint'), { recursive: true });
    const kept = ['experiment.json', 'notes.tmp', join('a', '1', 'checkpoint', 'latest')];
    for (const name of kept) {
      writeFileSync(join(folder, name), '');
      writeFileSync(join(folder, `${name}.83d433bb75e1.tmp`), '');
    }
    clearUnfinished(folder);
    const left = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    expect(left.filter((name) => /json|tmp|latest/.test(name)).sort()).toEqual([...kept].sort());
  } finally {
    rmSync(folder, { recursive: true });
  }
});
