import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Rng } from '@dl/tensor';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, expect, it } from 'vitest';

const steps = 36;
const moments = process.env.DL_SLOW_TESTS ? 20 : 3;

let folder: string;
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dl-killed-'));
  program = join(folder, 'run.mjs');
  const bundle = await rolldown({
    input: fileURLToPath(new URL('killed-run.ts', import.meta.url)),
    platform: 'node',
    resolve: { conditionNames: ['@dl/source', 'import', 'default'] },
    external: /kernels-gpu/,
  });
  await bundle.write({ file: program, codeSplitting: false });
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the program, and kills it so many milliseconds after a step where one is given. */
async function run(directory: string, kill?: { readonly step: number; readonly delay: number }): Promise<void> {
  const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
    if (kill !== undefined && text.includes(`step ${kill.step}\n`)) setTimeout(() => child.kill('SIGKILL'), kill.delay);
  });
  const [code, signal] = await new Promise<unknown[]>((resolve) => child.on('close', (...how) => resolve(how)));
  if (kill === undefined) expect(code).toBe(0);
  else expect(signal).toBe('SIGKILL');
}

async function outcomeOf(directory: string): Promise<{ weights: string; figures: unknown; resumedAt: number }> {
  return JSON.parse(await readFile(join(directory, 'outcome.json'), 'utf8'));
}

it(`a run that is killed comes to the same bits when it is resumed, ${moments} of ${moments} times`, async () => {
  const whole = join(folder, 'whole');
  await run(whole);
  const expected = await outcomeOf(whole);
  const rng = new Rng(1);
  let leftovers = 0;
  for (let i = 0; i < moments; i++) {
    const directory = join(folder, `killed-${i}`);
    await run(directory, { step: 1 + Math.floor(rng.next() * (steps - 4)), delay: rng.next() * 12 });
    leftovers += (await readdir(directory)).filter((name) => name.endsWith('.tmp')).length;
    await run(directory);
    const { weights, figures, resumedAt } = await outcomeOf(directory);
    expect({ weights, figures }).toEqual({ weights: expected.weights, figures: expected.figures });
    expect(resumedAt).toBeGreaterThan(0);
    expect((await readdir(directory)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  }
  if (process.env.DL_SLOW_TESTS)
    console.log(`${moments} of ${moments} the same; killed while writing a checkpoint: ${leftovers}`);
}, 300_000);
