/**
 * Every example in the README files and guides runs as printed: JavaScript as a script of its own against the built
 * packages (`npm test` builds them first), experiments through `wellfit print-config`.
 *
 * The examples of one document share a folder and are taken in their order; one that begins with a comment such as
 * `// patient.js` or `# mine.yaml` has that name there, for others to import. A fence marked `js fragment` is left out.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

interface Example {
  readonly title: string;
  readonly language: string;
  readonly code: string;
  readonly file: string;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'node_modules', '.cache');
const wellfit = join(root, 'packages', 'cli', 'bin', 'wellfit.js');
const packages = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`);
const documents = [
  'README.md',
  ...packages,
  ...['callback', 'kernel', 'reporter'].map((guide) => `docs/extending/${guide}.md`),
];

const textOf = (document: string): string => readFileSync(join(root, document), 'utf8');

function examplesOf(document: string): Example[] {
  return [...textOf(document).matchAll(/^```(js|yaml)\n(.*?)^```$/gms)].map(([, language, code], i) => {
    const name = /^(?:\/\/|#) ([\w-]+\.(?:js|yaml))\b/.exec(code)?.[1];
    return {
      title: `${document}, example ${i + 1}`,
      language,
      code,
      file: name ?? `example-${i + 1}.${language}`,
    };
  });
}

/** The packages of a document's install line. */
const installed = (document: string): string[] | undefined =>
  /^npm install (.+)$/m.exec(textOf(document))?.[1].split(' ');

const withExamples = documents
  .map((document) => ({ document, examples: examplesOf(document) }))
  .filter(({ examples }) => examples.length > 0);

describe.each(withExamples)('$document', ({ examples }) => {
  let folder: string;

  // Inside node_modules, so that the names of packages are found as in a project that has installed them.
  beforeAll(() => {
    mkdirSync(cache, { recursive: true });
    folder = mkdtempSync(join(cache, 'readme-examples-'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    for (const { file, code } of examples) writeFileSync(join(folder, file), code);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(examples)('$title', async ({ language, file }) => {
    const args = language === 'js' ? [file] : [wellfit, 'print-config', file];
    const { stderr } = await promisify(execFile)(process.execPath, args, { cwd: folder });
    expect(stderr).toBe('');
  });
});

test.each(packages.filter(installed))('%s installs what its examples import', (document) => {
  const imported = examplesOf(document).flatMap(({ code }) =>
    [...code.matchAll(/^import .*'((?!node:)[@\w].*)';$/gm)].map(([, name]) => name),
  );
  expect(installed(document)).toEqual(expect.arrayContaining(imported));
});

test.each([
  ['callback', 2],
  ['reporter', 1],
])('the %ss of the guide are the files in examples', (kind, count) => {
  const shown = examplesOf(`docs/extending/${kind}.md`).filter(({ code }) => code.startsWith('// '));
  expect(shown).toHaveLength(count);
  for (const { file, code } of shown) {
    const source = textOf(`examples/${kind}s/${file}`).replace(/^\/\*\*\n.*?\*\/\n/ms, '');
    expect(code).toBe(`// ${file}\n${source}`);
  }
});
