import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSafetensors } from '@dl/io';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCli } from '../src/cli.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dl-mnist-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(...args: string[]): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCli(args, { write: (text) => out.push(text) }, { write: (text) => err.push(text) });
  return { code, out: out.join(''), err: err.join('') };
}

/** Two hundred digits drawn by the computer: seconds, and nothing to download. */
const small = ['--data', 'digits', '--limit', '200', '--batch-size', '16'];

describe('npm start', () => {
  it('trains, tests and leaves its five files', async () => {
    const path = join(folder, 'lenet');
    const { code, out, err } = await run(...small, '--epochs', '3', '--seed', '7', '--out', path);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^data {5}drawn digits: digits drawn by the computer/);
    expect(lines[1]).toMatch(/200 images to train on, 200 to test with$/);
    expect(lines[2]).toBe('model    LeNet-5, 61,706 parameters');
    expect(out).toMatch(/^backend {2}wasm \(wasm-\S+, \d+ threads?\)$/m);
    expect(out.match(/^epoch \d\/3 \| .* images\/s \| loss .* accuracy .* \| validation loss .* accuracy .*$/gm)).toHaveLength(3);
    expect(lines.at(-2)).toMatch(/^test accuracy \d+\.\d\d % on 200 images$/);
    expect(lines.at(-1)).toBe(`results in ${path}`);

    expect((await readdir(path)).sort()).toEqual([
      'confusion.svg',
      'learning-curve.svg',
      'metrics.json',
      'mistakes.svg',
      'weights.safetensors',
    ]);
    for (const name of ['confusion', 'learning-curve', 'mistakes']) {
      expect(await readFile(join(path, `${name}.svg`), 'utf8')).toMatch(/^<svg .*LeNet-5 on drawn digits.*<\/svg>\n$/s);
    }
    const { tensors, metadata } = await readSafetensors(join(path, 'weights.safetensors'));
    expect([...tensors].map(([name, { shape }]) => [name, ...shape])).toContainEqual(['conv2.weight', 16, 6, 5, 5]);
    expect(metadata).toEqual({ model: 'lenet' });
  });

  it('finds out before it trains that the results have no place', async () => {
    const path = join(folder, 'a-file');
    await writeFile(path, '');
    const { code, out, err } = await run(...small, '--out', path);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^EEXIST: .*a-file/);
  });

  it('says in metrics.json what was run and what came of it', async () => {
    const path = join(folder, 'mlp');
    const { out } = await run(...small, '--model', 'mlp', '--epochs', '2', '--lr', '0.005', '--out', path);
    const metrics = JSON.parse(await readFile(join(path, 'metrics.json'), 'utf8'));
    expect(metrics).toMatchObject({
      seed: 1,
      config: { model: 'mlp', data: 'digits', epochs: 2, batchSize: 16, lr: 0.005, limit: 200 },
      data: { name: 'drawn digits', train: 184, test: 200 },
      backend: { name: 'wasm' },
      parameters: 50_890,
      steps: 24,
    });
    expect(metrics.stepsPerSecond).toBeGreaterThan(0);
    expect(metrics.epochs.map(({ epoch, lr }: { epoch: number; lr: number }) => [epoch, lr])).toEqual([
      [1, 0.005],
      [2, 0.00125],
    ]);
    for (const { train, validation } of metrics.epochs) {
      expect([train.loss, train.accuracy, validation.loss, validation.accuracy].every(Number.isFinite)).toBe(true);
    }
    expect(out).toContain(`test accuracy ${(100 * metrics.testAccuracy).toFixed(2)} %`);
  });

  it('gives the same weights bit by bit for the same seed, and others for another', async () => {
    const weights = async (name: string, seed: string): Promise<Buffer> => {
      await run(...small, '--epochs', '1', '--seed', seed, '--out', join(folder, name));
      return readFile(join(folder, name, 'weights.safetensors'));
    };
    const first = await weights('a', '3');
    expect((await weights('b', '3')).equals(first)).toBe(true);
    expect((await weights('c', '4')).equals(first)).toBe(false);
  });

  it('learns: a perceptron on drawn digits beats chance, an MLP beats the perceptron', async () => {
    const accuracy = async (model: string): Promise<number> => {
      const path = join(folder, `learn-${model}`);
      await run('--data', 'digits', '--limit', '1000', '--batch-size', '16', '--epochs', '4', '--model', model, '--out', path);
      return JSON.parse(await readFile(join(path, 'metrics.json'), 'utf8')).testAccuracy;
    };
    const [perceptron, mlp] = [await accuracy('perceptron'), await accuracy('mlp')];
    expect(perceptron).toBeGreaterThan(0.25);
    expect(mlp).toBeGreaterThan(perceptron);
  });

  it('draws digits where MNIST is not to be had, and says so first', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'dl-empty-'));
    vi.stubEnv('DL_DATA_DIR', empty);
    vi.stubEnv('XDG_CACHE_HOME', empty);
    vi.stubEnv('DL_CACHE_DIR', empty);
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('no network')));
    try {
      const { code, out } = await run('--limit', '20', '--epochs', '1', '--out', join(folder, 'offline'));
      expect(code).toBe(0);
      expect(out).toMatch(/^note {5}MNIST is not to be had, so the digits are drawn by the computer:\n {9}/);
      expect(out).toContain('no network');
      expect(out).toMatch(/^data {5}drawn digits/m);
      const named = await run('--data', 'mnist', '--limit', '20', '--epochs', '1');
      expect(named.code).toBe(1);
      expect(named.err).toMatch(/^mnist: the dataset must be found or downloaded/);
    } finally {
      vi.unstubAllEnvs();
      vi.unstubAllGlobals();
      await rm(empty, { recursive: true });
    }
  });
});

describe('the command line', () => {
  it('explains itself', async () => {
    for (const flag of ['--help', '-h']) {
      const { code, out } = await run(flag);
      expect(code).toBe(0);
      expect(out).toContain('--model lenet|mlp|perceptron');
    }
  });

  it.each([
    [['--model', 'vgg'], "--model must be lenet, mlp, perceptron, got 'vgg'"],
    [['--data', 'cifar'], "--data must be mnist, digits, got 'cifar'"],
    [['--epochs', '0'], "--epochs must be an integer of at least 1, got '0'"],
    [['--epochs', '1.5'], "--epochs must be an integer of at least 1, got '1.5'"],
    [['--batch-size', 'many'], "--batch-size must be an integer of at least 1, got 'many'"],
    [['--lr', '-1'], "'--lr' argument is ambiguous"],
    [['--lr=-1'], "--lr must be a number above 0, got '-1'"],
    [['--lr', 'NaN'], "--lr must be a number above 0, got 'NaN'"],
    [['--seed=-1'], "--seed must be an integer of at least 0, got '-1'"],
    [['--seed', ''], "--seed must be an integer of at least 0, got ''"],
    [['--limit', '0'], "--limit must be an integer of at least 1, got '0'"],
    [['--nonsense'], "Unknown option '--nonsense'"],
    [['extra'], "Unexpected argument 'extra'"],
    [['--epochs'], "Option '--epochs <value>' argument missing"],
  ])('%j is refused with a line that says why, and exit code 2', async (args, message) => {
    const { code, out, err } = await run(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
    expect(err).toContain('--help');
  });
});
