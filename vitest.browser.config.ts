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

const args = [...chromiumArgs, '--disable-gpu'];

/** Tests on the sources in a page of Chromium. */
function page(executablePath: string, isolated: boolean): TestProjectInlineConfiguration {
  return {
    resolve: { conditions: ['@dl/source'] },
    server: {
      headers: isolated ? { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } : {},
    },
    test: {
      name: isolated ? 'isolated' : 'not isolated',
      include: ['packages/*/test/**/*.browser.test.ts'],
      provide: { isolated },
      testTimeout: 60_000,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: { executablePath, args } }),
        instances: [{ browser: 'chromium' }],
      },
    },
  };
}

/** What runs in browsers runs in a page that is cross-origin isolated, and so has threads, and in one that is not. */
export default defineConfig({
  test: {
    passWithNoTests: true,
    ...(chromium === undefined ? { include: [] } : { projects: [page(chromium, true), page(chromium, false)] }),
  },
});
