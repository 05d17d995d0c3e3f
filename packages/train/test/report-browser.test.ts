import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type Page, chromium as playwright } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium, chromiumArgs } from '../../../tools/chromium.ts';
import { compareHtml, reportHtml } from '../src/index.ts';
import { faintTexts, overflowing, unloadedImages } from './look-at-page.ts';
import { fullReport } from './page-fixture.ts';

if (chromium === undefined) console.log('skipped: reports in a browser, as no Chromium was found (DL_CHROMIUM names one)');

describe.skipIf(chromium === undefined)('pages in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dl-report-'));
  const long = fullReport('a-class-with-quite-a-long-name');
  const pages = {
    report: reportHtml(long),
    compare: compareHtml([fullReport('resnet-20'), { ...fullReport('plain-20'), manifest: {} }]),
  };
  let browser: Browser;
  beforeAll(async () => {
    browser = await playwright.launch({ ...(chromium && { executablePath: chromium }), args: [...chromiumArgs] });
    for (const [name, page] of Object.entries(pages)) writeFileSync(join(folder, `${name}.html`), page);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['report', 'light', 400],
    ['report', 'dark', 1200],
    ['compare', 'dark', 400],
  ] as const)('%s, %s, %i pixels wide: everything is there, fits and can be read', async (name, colorScheme, width) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
    const [requests, errors]: [string[], string[]] = [[], []];
    context.on('request', (request) => requests.push(request.url()));
    context.on('weberror', (event) => errors.push(String(event.error())));
    context.on('console', (message) => errors.push(message.text()));
    const page: Page = await context.newPage();
    const url = pathToFileURL(join(folder, `${name}.html`)).href;
    await page.goto(url);
    expect(await page.evaluate(unloadedImages)).toEqual([]);
    expect(await page.evaluate(overflowing)).toEqual([]);
    expect(await page.evaluate(faintTexts)).toEqual([]);
    expect(errors).toEqual([]);
    expect(requests.filter((one) => one !== url && !one.startsWith('data:'))).toEqual([]);
    await context.close();
  });
});
