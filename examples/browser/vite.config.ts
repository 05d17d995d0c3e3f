import { defaultClientConditions, defineConfig } from 'vite';

// A page that is cross-origin isolated may share memory, and so the WebAssembly backend has threads.
const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** The page is made of the sources of the packages, so none of them has to be built first. */
export default defineConfig({
  base: './',
  resolve: { conditions: ['@dl/source', ...defaultClientConditions] },
  server: { headers },
  preview: { headers },
  // What the worker imports is prepared before it asks: else the page would be loaded again at its first start.
  optimizeDeps: { entries: ['index.html', 'src/worker/train.worker.ts'] },
  // The progress bar for terminals, which @dl/train loads where there is one.
  worker: { format: 'es', rolldownOptions: { external: ['cli-progress'] } },
});
