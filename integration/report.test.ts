/**
 * The report as a reader opens it: a file in a real browser, without network. Runs where a Chromium is installed.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { syntheticReviews } from '@wellfit/datasets';
import { useBackend } from '@wellfit/testing';
import { chromium, type Browser, type Page } from 'playwright-core';
import { analyzeExperiment } from '@wellfit/analysis';
import { optimizers, parseExperiment, planExperiment, runExperiment } from '@wellfit/core';
import { mlp } from '@wellfit/models';
import { regularizers } from '@wellfit/regularizers';
import { experimentRecord, renderReport } from '@wellfit/reporters';
import { firstValueFrom } from 'rxjs';
import { installedChromium } from './installed-chromium.js';

useBackend();

const executablePath = installedChromium();

/** A small experiment, really trained. */
async function trainedReport(): Promise<string> {
  const spec = parseExperiment({
    name: 'in-a-browser',
    dataset: { name: 'synthetic-reviews', train: 64, validation: 32, test: 1 },
    model: { name: 'mlp', units: [2] },
    training: { epochs: 3, batchSize: 16 },
    seeds: 6,
    arms: { plain: null, l2: { regularizers: { l2: 0.01 } }, wide: { model: { units: [16] } } },
  });
  const plan = planExperiment(spec, {
    datasets: { 'synthetic-reviews': syntheticReviews },
    models: { mlp },
    optimizers,
    regularizers,
    callbacks: {},
  });
  const events$ = runExperiment(plan, { analyze: analyzeExperiment, backend: 'cpu' });
  return renderReport(await firstValueFrom(events$.pipe(experimentRecord)));
}

if (executablePath) {
  describe('the report in Chromium', () => {
    let browser: Browser;
    let page: Page;
    const complaints: string[] = [];
    const requests: string[] = [];
    const folder = mkdtempSync(join(tmpdir(), 'wellfit-report-'));

    beforeAll(async () => {
      const file = join(folder, 'report.html');
      writeFileSync(file, await trainedReport());
      // Its sandbox does not run as root, as in containers; the page is our own.
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
      page = await browser.newPage();
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => requests.push(request.url()));
      await page.goto(pathToFileURL(file).href);
    });
    afterAll(async () => {
      await browser.close();
      rmSync(folder, { recursive: true });
    });

    test('opens without a complaint, and asks for nothing but itself', () => {
      expect(complaints).toEqual([]);
      expect(requests).toHaveLength(1);
    });

    test('shows results, differences, curves, digests and how to repeat it', async () => {
      const headings = await page.locator('h2').allTextContents();
      expect(headings).toEqual(
        expect.arrayContaining([
          'Results',
          'Compared with plain, seed by seed',
          'Curves',
          'Runs',
          'How to repeat it',
        ]),
      );
      expect(await page.locator('svg').count()).toBeGreaterThan(3);
      expect(await page.locator('#repeat ~ dl code').first().textContent()).toBe('wellfit replay .');
    });

    test('a box hides the curves of its arm, and shows them again', async () => {
      // The marks of an arm in the large figures.
      const shown = (): Promise<number> =>
        page.evaluate(() => {
          const marks = [...document.querySelectorAll('.curves svg path')];
          return marks.filter((mark) =>
            mark.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
          ).length;
        });
      const all = await shown();
      await page.locator('#arm-1').uncheck();
      const fewer = await shown();
      expect(fewer).toBeLessThan(all);
      await page.locator('#arm-1').check();
      expect(await shown()).toBe(all);
    });

    test('fits a telephone: nothing but tables is wider than the screen', async () => {
      await page.setViewportSize({ width: 380, height: 800 });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(380);
    });
  });
} else {
  test.skip('SKIPPED, as no Chromium is installed: the report in a browser', () => undefined);
}
