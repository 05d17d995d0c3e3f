import { readdir, readFile } from 'node:fs/promises';
import type { Bench } from '../../bench.ts';
import { PyTorch } from '../../peers/pytorch.ts';
import { runInProcess } from '../../run-in-process.ts';
import { gzippedBytes } from './bundle.ts';

const work = 'import + first op, fresh process';
const peers = ['tfjs-wasm', 'tfjs-cpu', 'jax-js'] as const;
const packages = new URL('../../../../packages/', import.meta.url);

/** What it costs to begin: time to the first result, and what a page must download. */
export async function load(bench: Bench): Promise<void> {
  if (bench.begins(work)) await firstOp(bench);
  if (bench.begins('size')) await sizes(bench);
}

async function firstOp(bench: Bench): Promise<void> {
  const programs: { readonly name: string; readonly run: () => Promise<number>; readonly times: number[] }[] = [
    { name: '@dl', run: () => program('ours'), times: [] },
    ...[...peers.map((name) => ({ name, run: () => program(name) })), { name: 'PyTorch', run: pytorchImport }]
      .filter(({ name }) => bench.invites(name))
      .map((peer) => ({ ...peer, times: [] })),
  ];
  const absent = new Set<string>();
  for (let round = 0; round < bench.pace.rounds; round++) {
    for (const { name, run, times } of programs) {
      if (absent.has(name)) continue;
      const ms = name === '@dl' ? await run() : await bench.attempt(name, work, run);
      if (ms === undefined) absent.add(name);
      else times.push(ms);
    }
  }
  const [ours, ...others] = programs;
  for (const { name, times } of others) if (!absent.has(name)) bench.row(work, name, ours.times, times);
}

async function program(name: string): Promise<number> {
  const { ms, result } = await runInProcess<{ ms: number; result: number[] }>(new URL(`${name}.mjs`, import.meta.url), []);
  if (result.join() !== '4,6') throw new Error(`[1, 2] + [3, 4] gave [${result.join(', ')}]`);
  return ms;
}

async function pytorchImport(): Promise<number> {
  const pytorch = await PyTorch.start(1);
  try {
    return pytorch.info.importMs;
  } finally {
    pytorch.stop();
  }
}

/** What each published package weighs by itself, and the tensor package with all it needs. */
async function sizes(bench: Bench): Promise<void> {
  for (const name of (await readdir(packages)).toSorted()) {
    const manifest: { readonly private?: boolean } = JSON.parse(
      await readFile(new URL(`${name}/package.json`, packages), 'utf8'),
    );
    if (manifest.private) continue;
    await size(bench, `size of @dl/${name}`, name, 'external');
  }
  await size(bench, 'size of @dl/tensor and all it needs', 'tensor', 'bundle');
}

async function size(bench: Bench, work: string, name: string, imports: 'bundle' | 'external'): Promise<void> {
  const bytes = await bench.attempt('@dl', work, () => gzippedBytes(new URL(`${name}/dist/bundle/index.js`, packages), imports));
  if (bytes !== undefined) bench.figure(work, 'minified and gzipped', bytes / 1000, 'KB');
}
