import { type Browser, type BrowserContext, type Page, chromium as playwright, type Worker } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium, chromiumArgs } from '../../../tools/chromium.ts';
import type { Point } from '../src/digit/stroke.ts';
import { type ServedPage, servePage } from './served-page.ts';

interface BackendCase {
  /** What the page calls it. */
  readonly name: string;
  /** What it says of itself. */
  readonly mode: RegExp;
  /** What Chromium needs for it. */
  readonly args: readonly string[];
  /** Whether it is emulated here, so that 200 steps take minutes. */
  readonly isSlow?: boolean;
}

const withoutGpu = ['--disable-gpu'];
const emulatedGpu = ['--enable-unsafe-webgpu', '--use-angle=swiftshader'];
const backends: readonly BackendCase[] = [
  { name: 'WebAssembly', mode: /^wasm-/, args: withoutGpu },
  { name: 'WebGPU', mode: /^webgpu$/, args: emulatedGpu, isSlow: true },
  { name: 'WebGL2', mode: /^webgl2$/, args: emulatedGpu, isSlow: true },
];
/** An emulated GPU takes seconds for a step while the machine does something else, too. */
const patient = { timeout: 80_000 };
/** Percent of the held-out digits, by backend: the same digits and seed for all. */
const accuracies = new Map<string, number>();
const skipsSlow = process.env.DL_SLOW_TESTS === undefined;
if (skipsSlow) console.log('skipped: the page on emulated GPUs to the end of its training (DL_SLOW_TESTS=1 runs it)');

const drawings: Readonly<Record<number, readonly Point[]>> = {
  0: Array.from({ length: 25 }, (_, i) => ({ x: 0.5 + 0.22 * Math.sin(i / 4), y: 0.5 - 0.33 * Math.cos(i / 4) })),
  1: [
    { x: 0.52, y: 0.15 },
    { x: 0.48, y: 0.85 },
  ],
  7: [
    { x: 0.28, y: 0.2 },
    { x: 0.7, y: 0.2 },
    { x: 0.45, y: 0.85 },
  ],
};

if (chromium === undefined) console.log('skipped: the page in a browser, as no Chromium was found (DL_CHROMIUM names one)');

describe.skipIf(chromium === undefined)('the page', () => {
  let served: ServedPage;
  beforeAll(async () => {
    served = await servePage();
  });
  afterAll(() => served?.close());

  describe.each(backends)('on $name', ({ name, mode, args, isSlow = false }) => {
    const opened = usePage(args);

    it('answers while the worker trains, and stops when told to', async () => {
      const page = await opened.page(served.url);
      await trainingWorker(page, name);
      expect(await page.locator('#backend-facts dt:has-text("mode") + dd').textContent()).toMatch(mode);
      await draw(page, drawings[1]);
      await page.locator('#verdict', { hasText: /^This looks like a \d\.$/ }).waitFor();
      await page.getByRole('button', { name: 'Clear' }).click();
      expect(await page.locator('#verdict').textContent(), (await page.locator('[role=alert]').textContent()) ?? '').toBe('');
      const before = await stepOf(page);
      await page.waitForFunction((step) => Number(document.getElementById('step')?.textContent) > step, before, patient);

      await page.getByRole('button', { name: 'Stop' }).click();
      await page.locator('#status', { hasText: /^Stopped after \d+ steps: / }).waitFor();
      expect(await stepOf(page)).toBeLessThan(5000);
      expect(await page.getByRole('radio', { name }).isEnabled()).toBe(true);
    }, 200_000);

    it.skipIf(isSlow && skipsSlow)(
      'learns to know 97 % of the held-out digits, and those that are drawn with mouse and keyboard',
      async () => {
        const page = await opened.page(served.url);
        await start(page, name, 200);
        await page.locator('#status', { hasText: /^Done after 200 steps: / }).waitFor({ timeout: 500_000 });
        const accuracy = Number.parseFloat((await page.locator('#accuracy').textContent()) ?? '');
        expect(accuracy).toBeGreaterThanOrEqual(97);
        accuracies.set(name, accuracy);
        expect(Math.abs(accuracy - (accuracies.get('WebAssembly') ?? accuracy))).toBeLessThanOrEqual(0.5);
        console.log(`${accuracy} % on ${name}`);
        expect(await page.locator('#backend-facts dt:has-text("mode") + dd').textContent()).toMatch(mode);
        for (const chart of ['Accuracy', 'Loss']) {
          expect(await page.getByRole('img', { name: `${chart}: training` }).getAttribute('aria-label')).toMatch(
            /after 200 steps$/,
          );
        }
        for (const [digit, points] of Object.entries(drawings)) {
          await page.getByRole('button', { name: 'Clear' }).click();
          await draw(page, points);
          await page.locator('#verdict', { hasText: `This looks like a ${digit}.` }).waitFor();
          expect(await page.locator('#classes .best .digit').textContent()).toBe(digit);
        }
        await page.getByRole('application', { name: 'Drawing pad' }).focus();
        await page.keyboard.press('Delete');
        expect(await page.locator('#verdict').textContent()).toBe('');
        for (const key of ['Space', ...Array<string>(12).fill('ArrowDown'), 'Space', 'ArrowRight'])
          await page.keyboard.press(key);
        await page.locator('#verdict', { hasText: 'This looks like a 1.' }).waitFor();
      },
      520_000,
    );

    it('asked for nothing but its own files, and had no error', () => {
      expect(opened.requests.filter((url) => !url.startsWith(served.url) && !/^(blob|data):/.test(url))).toEqual([]);
      expect(opened.requests.length).toBeGreaterThan(0);
      expect(opened.errors).toEqual([]);
    });
  });

  describe('where a backend fails', () => {
    const opened = usePage(withoutGpu);

    it('says why a backend failed, and lets another be chosen', async () => {
      const page = await opened.page(served.url);
      await start(page, 'WebGPU', 10);
      const alert = page.getByRole('alert');
      await alert.waitFor();
      expect(await alert.textContent()).toMatch(/^The training failed\. .*webgpu.*\nChoose another backend and start again\.$/i);
      await start(page, 'WebAssembly', 10);
      await page.locator('#status', { hasText: /^Done after 10 steps/ }).waitFor();
      expect(await alert.isVisible()).toBe(false);
    });

    it('says that the worker broke while it trained, as it does when a device is lost', async () => {
      const page = await opened.page(served.url);
      const worker = await trainingWorker(page);
      await worker.evaluate(() => void setTimeout(() => Promise.reject(new Error('the device was lost'))));
      const alert = page.getByRole('alert');
      await alert.waitFor();
      expect(await alert.textContent()).toMatch(/^The training failed\. the device was lost\n/);
      expect(await page.getByRole('button', { name: 'Start training' }).isEnabled()).toBe(true);
    });

    it('ends a worker that hangs and does not answer the first stop', async () => {
      const page = await opened.page(served.url);
      const worker = await trainingWorker(page);
      await worker.evaluate(() => void setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)));
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByRole('button', { name: 'Stop at once' }).click();
      await page.locator('#status', { hasText: /^Stopped/ }).waitFor();
      await start(page, 'WebAssembly', 10);
      await page.locator('#status', { hasText: /^Done after 10 steps/ }).waitFor();
    });
  });
});

/** Starts a long training, and gives its worker once it is at it. */
async function trainingWorker(page: Page, backend = 'WebAssembly'): Promise<Worker> {
  await start(page, backend, 5000);
  await page.waitForFunction(() => Number(document.getElementById('step')?.textContent) > 0, undefined, patient);
  const worker = page.workers().find((one) => one.url().includes('train.worker'));
  if (worker === undefined) throw new Error('trainingWorker: the page must have a training worker, got none');
  return worker;
}

interface OpenedPages {
  /** A fresh page; the one before is closed. */
  page(url: string): Promise<Page>;
  readonly requests: readonly string[];
  readonly errors: readonly string[];
}

/** A browser for the tests of one `describe`. */
function usePage(args: readonly string[]): OpenedPages {
  const [requests, errors]: [string[], string[]] = [[], []];
  let browser: Browser;
  let context: BrowserContext | undefined;
  beforeAll(async () => {
    browser = await playwright.launch({ ...(chromium && { executablePath: chromium }), args: [...chromiumArgs, ...args] });
  });
  afterAll(() => browser?.close());
  return {
    requests,
    errors,
    async page(url) {
      await context?.close();
      context = await browser.newContext();
      context.on('request', (request) => requests.push(request.url()));
      context.on('weberror', (event) => errors.push(String(event.error())));
      context.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
  };
}

async function start(page: Page, backend: string, steps: number): Promise<void> {
  await page.getByRole('radio', { name: backend }).check();
  await page.getByRole('spinbutton', { name: 'Steps' }).fill(String(steps));
  await page.getByRole('button', { name: 'Start training' }).click();
}

async function draw(page: Page, [first, ...rest]: readonly Point[]): Promise<void> {
  const pad = page.locator('#pad');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (box === null) throw new Error('draw: the pad must be on the page, got none');
  const place = ({ x, y }: Point): [number, number] => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...place(first));
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...place(point), { steps: 4 });
  await page.mouse.up();
}

async function stepOf(page: Page): Promise<number> {
  return Number(await page.locator('#step').textContent());
}
