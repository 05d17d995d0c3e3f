import { datasetNames } from '@dl/data';
import { readNpz } from '@dl/io';
import { describe, expect, it } from 'vitest';
import { dl, testFolder } from './run.ts';

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
