#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 20)) {
  process.stderr.write(`error: wellfit needs Node.js 20.20 or later; this is ${process.versions.node}.\n`);
  process.exit(1);
}

let command;
try {
  command = await import('../dist/index.js');
} catch (error) {
  const built = error?.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.message).includes('/dist/');
  if (built) throw error;
  process.stderr.write('error: wellfit is not built yet: run `npm run build` in its repository.\n');
  process.exit(1);
}
// Ended explicitly: a timer that a plugin forgot must not keep the command alive.
process.exit(await command.main(command.processHost()));
