import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSafetensors } from '@dl/io';
import { describe, expect, it, vi } from 'vitest';
import { dl, small, testFolder } from './run.ts';

const folder = testFolder();

async function weightsChecksumOf(run: string): Promise<unknown> {
  return JSON.parse(await readFile(join(run, 'manifest.json'), 'utf8')).weights;
}

const weightsOf = (run: string): Promise<Buffer> => readFile(join(run, 'weights.safetensors'));

describe('dl train', () => {
  it('trains, tests and leaves its files', async () => {
    const path = folder.path('lenet');
    const { code, out, err } = await dl(['train', ...small, '--epochs', '2', '--seed', '7', '--run', path]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^data {5}drawn digits: digits drawn by the computer/);
    expect(lines[1]).toMatch(/180 images to train on, 20 to validate with, 200 to test with$/);
    expect(lines[2]).toBe('model    lenet, 61,706 parameters');
    expect(out).toMatch(/^backend {2}wasm \(wasm-\S+, \d+ threads?\)$/m);
    expect(out.match(/^epoch \d\/2 \| .* images\/s \| loss .* accuracy .* \| validation loss .* accuracy .*$/gm)).toHaveLength(2);
    expect(lines.at(-2)).toMatch(/^test {5}accuracy \d+\.\d\d %, loss \d\.\d+ on 200 samples$/);
    expect(lines.at(-1)).toBe(`results in ${path}`);
    expect((await readdir(path)).sort()).toEqual([
      'checkpoints',
      'confusion.svg',
      expect.stringMatching(/^events\.out\.tfevents\./),
      'history.csv',
      'learning-curve.svg',
      'manifest.json',
      'metrics.jsonl',
      'mistakes.svg',
      'report.html',
      'result.json',
      'weights.safetensors',
    ]);
    const { tensors } = await readSafetensors(join(path, 'weights.safetensors'));
    expect([...tensors].map(([name, { shape }]) => [name, ...shape])).toContainEqual(['conv2.weight', 16, 6, 5, 5]);
  });

  it('gives the same bits for the same seed, others for another', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map(folder.path);
    for (const [path, seed] of [
      [a, '1'],
      [b, '1'],
      [c, '2'],
    ]) {
      await dl(['train', ...small, '--epochs', '1', '--seed', seed, '--run', path]);
    }
    expect(await weightsChecksumOf(b)).toBe(await weightsChecksumOf(a));
    expect(await weightsChecksumOf(c)).not.toBe(await weightsChecksumOf(a));
  });

  it('takes digits of its own where there is no MNIST, and says so', async () => {
    vi.stubEnv('DL_DATA_DIR', folder.path('no-data'));
    vi.stubEnv('DL_CACHE_DIR', folder.path('no-cache'));
    vi.stubGlobal('fetch', () => Promise.reject(new Error('offline')));
    const { code, out } = await dl(['train', '--limit', '40', '--epochs', '1', '--run', folder.path('offline')]);
    const named = await dl(['train', '--data', 'mnist', '--limit', '40', '--epochs', '1', '--run', folder.path('named')]);
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
    expect(code).toBe(0);
    expect(out).toMatch(/^note {5}MNIST is not to be had, so the digits are drawn by the computer:\n {9}no t10k/);
    expect(out).toContain('drawn digits: digits drawn by the computer');
    expect(named.code).toBe(1);
    expect(named.err).toContain('mnist: the dataset must be found or downloaded');
  });

  it('prints one JSON object with --json, and all else on stderr', async () => {
    const { code, out, err } = await dl(['train', '--data', 'moons', '--epochs', '2', '--json', '--run', folder.path('json')]);
    expect(code).toBe(0);
    const result = JSON.parse(out);
    expect(result.epochs).toHaveLength(2);
    expect(result.test).toMatchObject({ samples: 500, metrics: { accuracy: expect.any(Number) } });
    expect(err).toContain('epoch 2/2');
    expect(JSON.parse(await readFile(join(folder.path('json'), 'result.json'), 'utf8'))).toEqual(result);
  });

  it('goes on after Ctrl-C to the same bits', async () => {
    const args = ['train', '--data', 'xor', '--epochs', '6', '--ema', '0.9', '--clip', '1', '--seed', '3'];
    const [whole, cut] = ['whole', 'cut'].map(folder.path);
    await dl([...args, '--run', whole]);
    const signals = new EventEmitter();
    const lines: string[] = [];
    const write = (text: string): void => {
      lines.push(text);
      if (text.startsWith('epoch 3')) signals.emit('SIGINT');
    };
    const { code, err } = await dl([...args, '--run', cut], { signals, stdout: { write } });
    expect(code).toBe(130);
    expect(err).toContain('ending after this step; Ctrl-C again ends at once');
    expect(err).toContain(`go on with\n  dl train --resume ${cut}`);
    expect(signals.listenerCount('SIGINT')).toBe(0);
    await expect(weightsOf(cut)).rejects.toThrow();
    const resumed = await dl(['train', '--resume', cut]);
    expect(resumed.code).toBe(0);
    expect(resumed.out).toMatch(/^resume {3}.*step-\d+\.safetensors: epoch \d, \d+ steps done$/m);
    expect(await weightsChecksumOf(cut)).toBe(await weightsChecksumOf(whole));
  });

  it('makes a run again from its manifest, and says whether the bits are the same', async () => {
    const [first, second, third] = ['first', 'second', 'third'].map(folder.path);
    await dl(['train', '--data', 'blobs', '--epochs', '2', '--seed', '5', '--run', first]);
    const manifest = join(first, 'manifest.json');
    const { code, out } = await dl(['train', '--manifest', manifest, '--run', second]);
    expect(code).toBe(0);
    expect(out).toContain(`replay   the weights have the same bits as those of ${manifest}`);
    expect(await weightsChecksumOf(second)).toBe(await weightsChecksumOf(first));
    const kept = JSON.parse(await readFile(manifest, 'utf8'));
    const other = folder.path('other.json');
    await writeFile(other, JSON.stringify({ ...kept, config: { ...kept.config, seed: 6 }, seed: 6 }));
    const changed = await dl(['train', '--manifest', other, '--json', '--run', third]);
    expect(changed.code).toBe(1);
    expect(JSON.parse(changed.out).sameBits).toBe(false);
    expect(changed.err).toMatch(/^note {5}data\.train\.checksum was "\w+" and is "\w+": other bits/m);
    expect(changed.err).toContain('the weights must have the bits of');
    expect(await dl(['train', '--manifest', manifest, '--lr', '1', '--run', folder.path('x')])).toMatchObject({ code: 2 });
  });

  it('keeps runs apart', async () => {
    const path = folder.path('twice');
    await dl(['train', '--data', 'blobs', '--epochs', '1', '--run', path]);
    const again = await dl(['train', '--data', 'blobs', '--epochs', '1', '--run', path]);
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('holds a run already') });
    const changed = await dl(['train', '--resume', path, '--lr', '1']);
    expect(changed).toMatchObject({ code: 2, err: expect.stringContaining('--lr cannot go with --resume') });
  });

  it('goes on with the test after Ctrl-C in the last validation', async () => {
    const path = folder.path('last');
    const signals = new EventEmitter();
    const write = (text: string): unknown => text.startsWith('epoch 1') && signals.emit('SIGINT');
    const args = ['train', '--data', 'blobs', '--epochs', '1'];
    expect(await dl([...args, '--run', path], { signals, stdout: { write } })).toMatchObject({ code: 130 });
    const resumed = await dl(['train', '--resume', path]);
    expect(resumed).toMatchObject({ code: 0, out: expect.stringMatching(/^epoch 1\/1 \| resumed after \d+ steps\ntest /m) });
  });

  it('refuses smoothed labels where there are none', async () => {
    const { code, err } = await dl([
      'train',
      ...small,
      '--model',
      'perceptron',
      '--label-smoothing',
      '0.1',
      '--run',
      folder.path('smooth'),
    ]);
    expect([code, err]).toEqual([2, 'error: --label-smoothing is for models that are trained by cross-entropy\n']);
  });

  it('leaves no folder where it does not begin', async () => {
    const path = folder.path('not-begun');
    expect(await dl(['train', '--data', 'moons', '--model', 'lenet', '--run', path])).toMatchObject({ code: 1 });
    expect(existsSync(path)).toBe(false);
  });

  it('finds out before it trains that the results have no place', async () => {
    const path = folder.path('a-file');
    await writeFile(path, '');
    const { code, err } = await dl(['train', ...small, '--run', join(path, 'run')]);
    expect(code).toBe(1);
    expect(err).toMatch(/^error: (ENOTDIR|EEXIST)/);
  });

  it('reads a table, of classes and of numbers', async () => {
    const path = folder.path('table.csv');
    const rows = Array.from(
      { length: 200 },
      (_, i) => `${i % 20},${(i * 7) % 10},${i % 20 < 10 ? 'low' : 'high'},${3 * (i % 20)}`,
    );
    await writeFile(path, ['a,b,kind,c', ...rows].join('\n'));
    const numbers = folder.path('numbers.csv');
    await writeFile(numbers, ['a,b,c', ...rows.map((row) => row.replace(/,(low|high)/, ''))].join('\n'));
    const common = ['--epochs', '8', '--batch-size', '8', '--lr', '0.03', '--json'];
    const classes = await dl(['train', '--data', path, '--target', 'kind', ...common, '--run', folder.path('classes')]);
    expect(JSON.parse(classes.out).test.metrics.accuracy).toBeGreaterThan(0.9);
    const line = await dl(['train', '--data', numbers, '--target', 'c', '--regression', ...common, '--run', folder.path('line')]);
    expect(line.code).toBe(0);
    expect(JSON.parse(line.out).test.loss).toBeLessThan(100);
    expect(JSON.parse(line.out).test.metrics).toEqual({});
  });

  it('trains a character model on a text, and lets it write', async () => {
    const path = folder.path('text.txt');
    await writeFile(path, 'the cat sat on the mat. '.repeat(200));
    const args = ['--length', '16', '--batch-size', '8', '--hidden', '16', '--layers', '1', '--epochs', '3', '--lr', '0.02'];
    const { code, out, err } = await dl(['train', '--data', path, ...args, '--json', '--run', folder.path('text')]);
    expect(code).toBe(0);
    const { epochs, samples } = JSON.parse(out);
    expect(err).toMatch(/^test {5}accuracy .* nats a character on \d+ windows$/m);
    expect(epochs[2].validation.loss).toBeLessThan(epochs[0].validation.loss);
    expect(samples).toHaveLength(3);
    expect(samples[0].text).toHaveLength(400);
    const short = await dl(['train', '--data', path, '--batch-size', '999', '--run', folder.path('short')]);
    expect(short).toMatchObject({
      code: 2,
      err: expect.stringContaining('a text of 999 parts side by side needs more characters'),
    });
    const wrong = await dl(['train', '--data', path, '--model', 'lenet', '--run', folder.path('wrong')]);
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('a text needs the model char_lstm, got lenet') });
  });
});
