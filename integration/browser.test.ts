/**
 * The training kernels in a real browser, as built and without a bundler: the same bits as in Node.
 *
 * Runs where a Chromium is installed, see `installedChromium`.
 */
import { execFile } from 'node:child_process';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';
import { installedChromium } from './installed-chromium.js';
import { serveRepository } from './browser/serve-repository.js';

interface Trained {
  readonly active: boolean;
  readonly threads: number;
  readonly numerics: string;
  readonly reason: string;
  readonly status: string;
  readonly digest: string;
  readonly final: Readonly<Record<string, number>>;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const executablePath = installedChromium();

if (executablePath) {
  describe('the training kernels in Chromium', () => {
    let browser: Browser;
    let inNode: Trained;

    beforeAll(async () => {
      const script =
        "import { trainMlp } from './integration/browser/train-mlp.mjs';" +
        'console.log(JSON.stringify(await trainMlp({ threads: 1 })));';
      const args = ['--input-type=module', '--eval', script];
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
      inNode = JSON.parse(stdout) as Trained;
      // Its sandbox does not run as root, as in containers; the pages are our own.
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    });
    afterAll(() => browser.close());

    test('Node trains what is compared', () => {
      expect(inNode).toMatchObject({ active: true, threads: 1, numerics: 'exact', status: 'completed' });
      expect(inNode.final.train_loss).toBeLessThan(1);
    });

    test('one thread gives the bits of Node', async () => {
      const trained = await trainInBrowser(browser, false, 'auto');
      expect(trained).toMatchObject({ active: true, threads: 1 });
      expect(trained.reason).toContain('not cross-origin isolated');
      expect({ digest: trained.digest, final: trained.final }).toEqual({
        digest: inNode.digest,
        final: inNode.final,
      });
    });

    test('two threads on a page that is cross-origin isolated give the bits of Node', async () => {
      const trained = await trainInBrowser(browser, true, 2);
      expect(trained).toMatchObject({ active: true, threads: 2, digest: inNode.digest });
    });
  });
} else {
  test.skip('SKIPPED, as no Chromium is installed: the kernels in a browser', () => undefined);
}

async function trainInBrowser(
  browser: Browser,
  isolated: boolean,
  threads: number | 'auto',
): Promise<Trained> {
  const { address, server } = await serveRepository(root, isolated);
  const page = await browser.newPage();
  try {
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.goto(address);
    const wasmPath = '/node_modules/@tensorflow/tfjs-backend-wasm/dist/';
    // As text, since what is transformed for Jest cannot be sent to a browser.
    const trained = await page.evaluate<Trained>(
      `import('/integration/browser/train-mlp.mjs').then(({ trainMlp }) =>
        trainMlp(${JSON.stringify({ threads, wasmPath })}))`,
    );
    expect(errors).toEqual([]);
    return trained;
  } finally {
    await page.close();
    await close(server);
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
