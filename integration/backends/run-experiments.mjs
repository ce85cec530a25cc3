/**
 * Runs the built command several times in one process, on one backend, which then starts once. Standard input: a list of
 * argument lists, as JSON. Prints what each command printed and how it ended.
 */
import { text } from 'node:stream/consumers';
import { main, processHost } from 'wellfit';

const commands = JSON.parse(await text(process.stdin));
const base = processHost();
const ended = [];
for (const argv of commands) {
  const [out, err] = [[], []];
  const code = await main({
    ...base,
    argv,
    stdout: { write: (part) => out.push(part) },
    stderr: { write: (part) => err.push(part) },
    finish: (result) => Promise.resolve(result),
  });
  ended.push({ code, out: out.join(''), err: err.join('') });
}
process.stdout.write(JSON.stringify(ended));
process.exit(0);
