import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { rolldown } from 'rolldown';
import { onTestFinished } from 'vitest';

/** Joins a worker of this folder, which is TypeScript, and its imports into one file. Returns what starts it. */
export async function buildWorker(name: string): Promise<() => Worker> {
  const folder = await mkdtemp(join(tmpdir(), 'dl-worker-'));
  const build = await rolldown({
    input: fileURLToPath(new URL(`${name}.worker.ts`, import.meta.url)),
    resolve: { conditionNames: ['@dl/source', 'import', 'default'] },
    platform: 'node',
    logLevel: 'silent',
  });
  await build.write({ dir: folder, format: 'esm', entryFileNames: 'worker.mjs' });
  await build.close();
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return () => {
    const worker = new Worker(pathToFileURL(join(folder, 'worker.mjs')), { execArgv: [] });
    onTestFinished(async () => {
      await worker.terminate();
    });
    return worker;
  };
}
