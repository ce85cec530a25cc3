/** The file that holds the corpus: a line of JSON per run, so that making it can be interrupted at any time. */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = fileURLToPath(
  new URL('../../packages/analysis/src/test-support/verdict-corpus.jsonl', import.meta.url),
);

/** All whole lines; a line that was torn by an interruption is left out. */
export function readCorpus() {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line)];
      } catch {
        return [];
      }
    });
}

export function appendRun(run) {
  appendFileSync(path, `${JSON.stringify(run)}\n`);
}

export function writeCorpus(runs) {
  writeFileSync(path, runs.map((run) => `${JSON.stringify(run)}\n`).join(''));
}
