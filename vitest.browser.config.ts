import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { chromium, chromiumArgs } from './tools/chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether the page is cross-origin isolated. */
    readonly isolated: boolean;
  }
}

if (chromium === undefined) console.log('skipped: tests in a browser, as no Chromium was found (DL_CHROMIUM names one)');

/** A page of Chromium and the tests on the sources that run in it. */
interface Page {
  readonly name: string;
  readonly isolated: boolean;
  readonly include: readonly string[];
  readonly exclude?: readonly string[];
  readonly args: readonly string[];
}

const ofGpu = 'packages/kernels-gpu/test/**/*.browser.test.ts';
const ofCpu = { include: ['packages/*/test/**/*.browser.test.ts'], exclude: [ofGpu], args: ['--disable-gpu'] };

/**
 * What runs in browsers runs in a page that is cross-origin isolated, and so has threads, and in one that is not. What needs a GPU runs in a
 * third, on SwiftShader, which emulates one on any CPU behind both WebGPU and WebGL2.
 */
const pages: readonly Page[] = [
  { name: 'isolated', isolated: true, ...ofCpu },
  { name: 'not isolated', isolated: false, ...ofCpu },
  { name: 'gpu', isolated: true, include: [ofGpu], args: ['--enable-unsafe-webgpu', '--use-angle=swiftshader'] },
];

function project(executablePath: string, page: Page): TestProjectInlineConfiguration {
  const { name, isolated, include, exclude = [] } = page;
  return {
    resolve: { conditions: ['@dl/source'] },
    server: {
      headers: isolated ? { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } : {},
    },
    test: {
      name,
      include: [...include],
      exclude: [...exclude],
      provide: { isolated },
      testTimeout: 60_000,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: { executablePath, args: [...chromiumArgs, ...page.args] } }),
        instances: [{ browser: 'chromium' }],
      },
    },
  };
}

function projectsOf(executablePath: string): TestProjectInlineConfiguration[] {
  return pages.map((page) => project(executablePath, page));
}

export default defineConfig({
  test: {
    passWithNoTests: true,
    ...(chromium === undefined ? { include: [] } : { projects: projectsOf(chromium) }),
  },
});
