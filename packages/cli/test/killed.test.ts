import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { dl, testFolder } from './run.ts';

const folder = testFolder();
const bin = fileURLToPath(new URL('../bin/dl.js', import.meta.url));
const args = ['train', '--data', 'spirals', '--epochs', '5', '--ema', '0.9', '--seed', '4', '--checkpoint-steps', '7'];

/** Runs the program of the build in a process of its own, and kills it after its second epoch. */
async function killed(
  run: string,
  signal: NodeJS.Signals,
): Promise<{ code: number | null; signal: NodeJS.Signals | null; err: string }> {
  const child = spawn(process.execPath, [bin, ...args, '--run', run]);
  let [out, err] = ['', ''];
  child.stdout.on('data', (data) => {
    out += data;
    if (out.includes('epoch 2/5')) child.kill(signal);
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  return new Promise((resolve) => child.on('close', (code, ended) => resolve({ code, signal: ended, err })));
}

const weightsOf = async (run: string): Promise<unknown> => JSON.parse(await readFile(join(run, 'manifest.json'), 'utf8')).weights;

// The program as users install it: there is none before the build.
describe.skipIf(process.env.DL_UNDER_TEST !== 'build')('a process that is killed', () => {
  const whole = (): string => folder.path('whole');

  beforeAll(async () => {
    await dl([...args, '--run', whole()]);
  });

  it.each([
    ['SIGKILL', { code: null, signal: 'SIGKILL' }],
    ['SIGINT', { code: 130, signal: null, err: expect.stringContaining('dl train --resume') }],
  ] as const)('by %s is resumed to the same bits', async (signal, ended) => {
    const run = folder.path(signal);
    expect(await killed(run, signal)).toMatchObject(ended);
    expect(await weightsOf(run)).toBeUndefined();
    expect(await dl(['train', '--resume', run])).toMatchObject({ code: 0 });
    expect(await weightsOf(run)).toBe(await weightsOf(whole()));
    const epochs = (await readFile(join(run, 'history.csv'), 'utf8')).trim().split('\n').slice(1);
    expect(epochs.map((row) => Number.parseInt(row, 10))).toEqual([1, 2, 3, 4, 5]);
  });
});
