import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { datasetNames, drawnDigits, encodePng } from '@dl/data';
import { readNpz } from '@dl/io';
import { createModel } from '@dl/models';
import { softmax, tensor } from '@dl/tensor';
import { loadWeights } from '@dl/train';
import { beforeAll, describe, expect, it } from 'vitest';
import { dl, small, testFolder } from './run.ts';

const folder = testFolder();

describe('dl datasets', () => {
  it('lists all, as a table and as JSON', async () => {
    const table = await dl(['datasets']);
    for (const name of datasetNames) expect(table.out).toMatch(new RegExp(`^${name} `, 'm'));
    const { datasets } = JSON.parse((await dl(['datasets', '--json'])).out);
    expect(datasets.map(({ name }: { name: string }) => name)).toEqual(datasetNames);
  });
});

describe('dl summary', () => {
  it('lists models, and tells what one is made of', async () => {
    expect((await dl(['summary'])).out).toMatch(/^lenet +1×28×28 +10 +LeNet-5$/m);
    expect((await dl(['summary', 'lenet'])).out).toContain('61,706 parameters');
    const other = await dl(['summary', 'mlp', '--classes', '3', '--input', '1x2x2', '--json']);
    expect(JSON.parse(other.out)).toMatchObject({ model: 'mlp', parameters: 5 * 64 + 65 * 3, inputShape: [1, 1, 2, 2] });
    const text = await dl(['summary', 'char_lstm', '--classes', '65', '--input', '5', '--json']);
    expect(JSON.parse(text.out)).toMatchObject({ parameters: 876_929, inputShape: [1, 5] });
  });
});

describe('dl backends', () => {
  it('says what executes, or why not', async () => {
    const { backends } = JSON.parse((await dl(['backends', '--json'])).out);
    expect(backends.map(({ name }: { name: string }) => name)).toEqual(['wasm', 'gpu', 'reference']);
    expect(backends[2].info.mode).toBe('typescript');
    expect(backends[1].info === undefined).toBe(backends[1].reason !== '');
  });
});

describe('a finished run', () => {
  const run = (): string => folder.path('digits');

  beforeAll(async () => {
    await dl(['train', ...small, '--model', 'mlp', '--epochs', '2', '--run', run()]);
  });

  it('is evaluated as it was when it ended', async () => {
    const { test } = JSON.parse(await readFile(join(run(), 'result.json'), 'utf8'));
    const { code, out } = await dl(['evaluate', run(), '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ split: 'test', ...test });
    const weights = await dl(['evaluate', join(run(), 'weights.safetensors'), '--split', 'validation']);
    expect(weights.out).toMatch(/^class +samples +recall +precision$/m);
    expect(weights.out).toMatch(/^validation.* on 20 samples$/m);
  });

  it('is evaluated by several views of each image', async () => {
    const evaluated = async (...args: string[]): Promise<{ loss: number; samples: number }> =>
      JSON.parse((await dl(['evaluate', run(), '--json', ...args])).out);
    const plain = await evaluated();
    const shifted = await evaluated('--tta', 'shift');
    expect(shifted.samples).toBe(200);
    expect(shifted.loss).not.toBe(plain.loss);
    expect((await evaluated('--tta', 'shift', '--combine', 'vote')).loss).not.toBe(shifted.loss);
  });

  it('tells the class of an image file, at any size', async () => {
    const file = folder.path('digit.png');
    const digits = drawnDigits({ split: 'test', size: 1, seed: 1 });
    await writeFile(file, await encodePng({ shape: [1, 28, 28], dtype: 'uint8', data: digits.pixels(0) }));
    const { code, out } = await dl(['predict', run(), file, '--top', '10', '--json']);
    expect(code).toBe(0);
    const [{ image, classes }] = JSON.parse(out).predictions;
    expect(image).toBe(file);
    const model = createModel('mlp');
    await loadWeights(join(run(), 'weights.safetensors'), model);
    const { x } = digits.getBatch([0]);
    const expected = await softmax(model.forward(tensor(x.data, { shape: x.shape })), 1).data();
    for (const { name, probability } of classes) expect(probability).toBeCloseTo(expected[Number(name)], 5);
    expect((await dl(['predict', run(), file])).out).toMatch(/^\S+digit\.png {2}\d \d+\.\d\d % {2}\d /);
    expect(await dl(['predict', run()])).toMatchObject({ code: 2, err: expect.stringContaining('there must be an image') });
    for (const option of ['prompt', 'length', 'temperature', 'seed']) {
      const { code, err } = await dl(['predict', run(), file, `--${option}`, '1']);
      expect([code, err]).toEqual([2, expect.stringContaining(`--${option} is for character models`)]);
    }
  });

  it('has its page written again', async () => {
    const page = join(run(), 'report.html');
    const before = await readFile(page, 'utf8');
    await rm(page);
    expect(await dl(['report', run(), '--json'])).toMatchObject({ code: 0, out: expect.stringContaining('report.html') });
    expect(await readFile(page, 'utf8')).toBe(before);
    expect(before).toContain('mlp on drawn digits');
  });

  it('is held against others', async () => {
    const other = folder.path('points');
    await dl(['train', '--data', 'moons', '--epochs', '1', '--run', other]);
    expect((await dl(['predict', other])).err).toBe('error: predict is for models of images and of texts, got one of points\n');
    const html = folder.path('comparison.html');
    const { out } = await dl(['compare', run(), other, '--html', html]);
    expect(out).toMatch(/^digits +mlp on drawn digits +\d+\.\d\d %/m);
    expect(out).toMatch(/^points +mlp on Moons /m);
    expect(await readFile(html, 'utf8')).toContain('points');
    expect(JSON.parse((await dl(['compare', run(), '--json'])).out).runs).toHaveLength(1);
  });
});

describe('a run that has diverged', () => {
  it('is written down, shown and compared all the same', async () => {
    const run = folder.path('diverged');
    expect(await dl(['train', '--data', 'moons', '--lr', '1e30', '--epochs', '1', '--run', run])).toMatchObject({ code: 0 });
    expect(await dl(['report', run])).toMatchObject({ code: 0 });
    const compared = await dl(['compare', run, '--html', folder.path('diverged.html')]);
    expect(compared.out).toMatch(/^diverged +mlp on Moons +\d+\.\d\d % +NaN /m);
  });
});

describe('a limit of what is evaluated', () => {
  it('leaves the parts of the data as they were in training', async () => {
    const [path, run] = [folder.path('rows.csv'), folder.path('rows')];
    const rows = Array.from({ length: 100 }, (_, i) => `${i},${i % 2 === 0 ? 'even' : 'odd'}`);
    await writeFile(path, ['a,kind', ...rows].join('\n'));
    await dl(['train', '--data', path, '--target', 'kind', '--epochs', '1', '--run', run]);
    const samples = async (limit: string): Promise<number> =>
      JSON.parse((await dl(['evaluate', run, '--limit', limit, '--json'])).out).samples;
    // A fifth of the rows is to test with, not a fifth of the first ones.
    expect([await samples('10'), await samples('1000')]).toEqual([10, 20]);
  });
});

describe('other data', () => {
  it('are of the kind that the model takes, whatever its training did to images', async () => {
    const run = folder.path('shifted');
    await dl(['train', ...small, '--model', 'mlp', '--augment', 'shift', '--epochs', '1', '--run', run]);
    const { code, err } = await dl(['evaluate', run, '--data', 'moons']);
    expect([code, err]).toEqual([1, expect.stringMatching(/^error: loadStateDict: the dict must fit the model/)]);
  });
});

describe('dl export', () => {
  it('writes the weights of a run under the same names', async () => {
    const [run, file] = [folder.path('run'), folder.path('weights.npz')];
    await dl(['train', '--data', 'blobs', '--epochs', '1', '--run', run]);
    const { code, out } = await dl(['export', run, '--to', file]);
    expect([code, out]).toEqual([0, `4 tensors, 387 numbers: ${file}\n`]);
    expect([...(await readNpz(file)).keys()].sort()).toEqual(['1.bias', '1.weight', '3.bias', '3.weight']);
    const onnx = await dl(['export', run, '--to', 'model.onnx']);
    expect(onnx).toMatchObject({ code: 2, err: expect.stringContaining('ONNX is not written yet') });
  });
});
