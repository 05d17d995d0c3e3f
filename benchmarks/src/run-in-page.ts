import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright';
import type { Pace } from './measure.ts';
import type { Request } from './notebook.ts';
import type { SuiteAnswer } from './suite-process.ts';

/** What a page is asked. */
export interface PageRequest extends Request {
  readonly pace: Pace;
  /** Whether few sizes will do. */
  readonly quick: boolean;
}

const debian = '/usr/bin/chromium';

// Software adapters for both interfaces: they are there on every machine.
const args = [
  ...['--enable-unsafe-webgpu', '--use-angle=swiftshader', '--no-sandbox', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/**
 * Runs a suite in a page of headless Chromium that is cross-origin isolated, which has finer clocks. What the page says goes to the error
 * stream. `DL_CHROMIUM` names the browser, `DL_CHROMIUM_ARGS` adds to its arguments: of two that contradict each other the last holds.
 *
 * @param module - exports `answer`, which takes the request
 */
export async function runInPage(module: URL, request: PageRequest): Promise<SuiteAnswer> {
  const executablePath = process.env.DL_CHROMIUM ?? debian;
  if (!existsSync(executablePath)) return { refusal: `${request.suite}: no Chromium was found (DL_CHROMIUM names one)` };
  const server = await serve(await bundle(module));
  const more = (process.env.DL_CHROMIUM_ARGS ?? '').split(' ').filter((arg) => arg !== '');
  const browser = await chromium.launch({ executablePath, args: [...args, ...more] });
  try {
    const page = await browser.newPage();
    page.on('console', (message) => console.error(message.text()));
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    return await page.evaluate<SuiteAnswer>(`import('/page.js').then(({ answer }) => answer(${JSON.stringify(request)}))`);
  } finally {
    await browser.close();
    server.close();
  }
}

async function bundle(module: URL): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(module)],
    bundle: true,
    format: 'esm',
    target: 'es2023',
    // What the peers load only in Node.
    external: ['@tensorflow/tfjs-backend-wasm'],
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

function serve(script: string): Promise<Server> {
  const server = createServer(({ url }, response) => {
    const isScript = url === '/page.js';
    response.setHeader('Content-Type', `text/${isScript ? 'javascript' : 'html'}; charset=utf-8`);
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    response.end(isScript ? script : '<!doctype html><title>@dl</title>');
  });
  return new Promise((resolve) => server.listen(0, 'localhost', () => resolve(server)));
}
