import { existsSync, mkdirSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { built, wellfit } from './test-support/built-command.js';
import { testHost } from './test-support/test-host.js';

const IMDB_BYTES = 17_464_789;

built(
  'Ctrl-C during a download: exit code 130, no empty run, and the part that arrived is kept',
  async () => {
    const { cwd } = testHost();
    const part = join(cwd, 'cache', 'datasets', 'imdb.npz.part');
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-length': IMDB_BYTES }).write(Buffer.alloc(1000));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { code, out, err } = await wellfit(['run', 'imdb-capacity'], {
      cwd,
      env: { WELLFIT_DATASETS: mirror, WELLFIT_CACHE: join(cwd, 'cache') },
      started: (child) => {
        const waitForBytes = setInterval(() => {
          if (!existsSync(part) || statSync(part).size < 1000) return;
          clearInterval(waitForBytes);
          child.kill('SIGINT');
        }, 20);
        child.on('close', () => clearInterval(waitForBytes));
      },
    });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(code).toBe(130);
    expect(err).toMatch(/^stopping [^\n]*\ninterrupted: nothing was trained yet\n$/);
    expect(out).not.toContain('results:');
    expect(readdirSync(join(cwd, 'runs'))).toEqual([]);
    expect(readdirSync(join(cwd, 'cache', 'datasets'))).toEqual(['imdb.npz.part']);
  },
);

built(
  'a data file that is cut off: exit code 1, what to do about it, and nothing is left behind',
  async () => {
    const host = testHost();
    const data = join(host.cwd, 'data');
    mkdirSync(data);
    truncateSync(host.write('data/imdb.npz', 'PK'), 1_000_000);
    const { code, err } = await wellfit(['run', 'imdb-capacity'], {
      cwd: host.cwd,
      env: { WELLFIT_DATASETS: data, WELLFIT_CACHE: join(host.cwd, 'cache') },
    });
    expect(code).toBe(1);
    expect(err).toMatch(
      /^error: \S+imdb\.npz is damaged, cut off or another file: it has SHA-256 [0-9a-f]{64}, expected [^]*\n$/,
    );
    expect(err).not.toMatch(/\n\s+at /);
    expect(readdirSync(host.cwd).sort()).toEqual(['data', 'runs']);
    expect(readdirSync(join(host.cwd, 'runs'))).toEqual([]);
  },
);
