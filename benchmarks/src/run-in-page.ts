import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium as browserType } from 'playwright';
import { chromium, chromiumArgs } from '../../tools/chromium.ts';
import type { Pace } from './measure.ts';
import type { Request } from './notebook.ts';
import type { SuiteAnswer } from './suite-process.ts';

/** What a page is asked. */
export interface PageRequest extends Request {
  readonly pace: Pace;
  /** Whether few sizes will do. */
  readonly quick: boolean;
}

// Software adapters for both interfaces: they are there on every machine.
const adapterArgs = ['--enable-unsafe-webgpu', '--use-angle=swiftshader'];

/**
 * Runs a suite in a page of headless Chromium that is cross-origin isolated, which has finer clocks. What the page says goes to the error
 * stream. `DL_CHROMIUM` names the browser, `DL_CHROMIUM_ARGS` adds to its arguments: of two that contradict each other the last holds.
 *
 * @param module - exports `answer`, which takes the request
 */
export async function runInPage(module: URL, request: PageRequest): Promise<SuiteAnswer> {
  if (chromium === undefined) return { refusal: `${request.suite}: no Chromium was found (DL_CHROMIUM names one)` };
  const server = await serve(await bundle(module));
  const more = (process.env.DL_CHROMIUM_ARGS ?? '').split(' ').filter((arg) => arg !== '');
  const browser = await browserType.launch({ executablePath: chromium, args: [...chromiumArgs, ...adapterArgs, ...more] });
  try {
    const page = await browser.newPage();
    page.on('console', (message) => console.error(message.text()));
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    return await page.evaluate<SuiteAnswer>(`import('/page.js').then(({ answer }) => answer(${JSON.stringify(request)}))`);
  } catch (error) {
    return { refusal: `${request.suite}: ${error instanceof Error ? error.message.split('\n')[0] : error}` };
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
