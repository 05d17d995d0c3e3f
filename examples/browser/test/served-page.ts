import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, defaultClientConditions, type InlineConfig, preview } from 'vite';
import config from '../vite.config.ts';

/** The page, built and served as its configuration says. */
export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

/** Builds the page into a folder of its own: of the sources of the packages, or of their bundles where the tests run on those. */
export async function servePage(): Promise<ServedPage> {
  const outDir = await mkdtemp(join(tmpdir(), 'dl-page-'));
  const isOnBuild = process.env.DL_UNDER_TEST === 'build';
  const served: InlineConfig = {
    ...config,
    ...(isOnBuild ? { resolve: { conditions: [...defaultClientConditions] } } : {}),
    configFile: false,
    root: fileURLToPath(new URL('..', import.meta.url)),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
    preview: { ...config.preview, host: '127.0.0.1', port: 0 },
  };
  await build(served);
  const server = await preview(served);
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    async close() {
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}
