import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { testHost } from '../test-support/test-host.js';
import { createRunFolder } from './create-run-folder.js';

test('many runs that start in the same second have folders of their own', async () => {
  const { cwd } = testHost();
  const now = new Date('2026-11-20T10:15:00Z');
  const folders = await Promise.all(
    Array.from({ length: 50 }, () => createRunFolder(join(cwd, 'runs'), 'mine', now)),
  );
  expect(new Set(folders).size).toBe(50);
  expect(readdirSync(join(cwd, 'runs'))).toHaveLength(50);
  for (const folder of folders) expect(basename(folder)).toMatch(/^mine-20261120-101500-[0-9a-f]{6}$/);
});

test('where no folder can be made, the error says so', async () => {
  const host = testHost();
  const file = host.write('file', '');
  await expect(createRunFolder(file, 'mine')).rejects.toMatchObject({
    code: 'run-folder',
    message: expect.stringContaining('Choose another one by --out') as string,
  });
});
