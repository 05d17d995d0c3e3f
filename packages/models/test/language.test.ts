import { valueAndGrad } from '@dl/autograd';
import { charVocabulary, textDataset } from '@dl/data';
import { ArgumentError, ShapeError } from '@dl/kernels';
import { crossEntropy, loadStateDict, stateDict } from '@dl/layers';
import { Adam } from '@dl/optim';
import { Rng, type Tensor, tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { CarryState, type CharLSTM, charLstm, generate } from '../src/index.ts';

const small = (): CharLSTM => charLstm(7, { embeddingDim: 4, hiddenSize: 6, rng: new Rng(1) });
const letters = (rows: readonly (readonly number[])[]): Tensor => tensor(rows, { dtype: 'int32' });
const [left, right] = [
  letters([
    [0, 1, 2],
    [6, 5, 4],
  ]),
  letters([
    [3, 4, 5],
    [3, 2, 1],
  ]),
];
const whole = letters([
  [0, 1, 2, 3, 4, 5],
  [6, 5, 4, 3, 2, 1],
]);

describe('charLstm', () => {
  it('has the names of PyTorch’s word_language_model', () => {
    const layers = [0, 1].flatMap((i) => ['weight_ih', 'weight_hh', 'bias_ih', 'bias_hh'].map((name) => `rnn.${name}_l${i}`));
    const names = ['encoder.weight', ...layers, 'decoder.weight', 'decoder.bias'];
    expect([...stateDict(small()).keys()]).toEqual(names);
    expect(stateDict(small()).get('rnn.weight_ih_l0')?.shape).toEqual([24, 4]);
  });

  it('goes on from a state as if there were no cut', async () => {
    const model = small();
    const { h, c } = model.forwardWithState(left);
    const { logits } = model.forwardWithState(right, { h, c });
    const uncut = await model.forward(whole).data();
    const late = await logits.data();
    late.forEach((value, i) => {
      expect(value).toBeCloseTo(uncut[Math.floor(i / 3) * 6 + 3 + (i % 3)], 6);
    });
    expect(() => model.forward(tensor([1, 2], { dtype: 'int32' }))).toThrow(ShapeError);
  });

  it('6.31 says of every text how likely it is: the product over its characters, which sums to 1', async () => {
    const model = small();
    let total = 0;
    for (let first = 0; first < 7; first++) {
      const losses = Array.from({ length: 7 }, (_, second) =>
        crossEntropy(model.forward(letters([[3, first]])), letters([[first, second]])).item(),
      );
      for (const loss of await Promise.all(losses)) total += Math.exp(-2 * loss);
    }
    expect(total).toBeCloseTo(1, 5);
  });

  it('drops out in training only', async () => {
    const model = charLstm(7, { embeddingDim: 4, hiddenSize: 6, dropout: 0.5, rng: new Rng(1) });
    const trained = await model.forward(whole, { training: true, rng: new Rng(2) }).data();
    expect(await model.forward(whole).data()).not.toEqual(trained);
  });
});

describe('CarryState', () => {
  it('begins in training where the last batch ended, and elsewhere with zeros', async () => {
    const model = new CarryState(small(), 2);
    const { h, c } = model.model.forwardWithState(left);
    const expected = await model.model.forwardWithState(right, { h, c }).logits.data();
    model.forward(left, { training: true });
    const alone = await model.forward(right).data();
    expect(alone).toEqual(await model.model.forward(right).data());
    expect(await model.forward(right, { training: true }).data()).toEqual(expected);
    model.reset();
    expect(await model.forward(right, { training: true }).data()).toEqual(alone);
  });

  it('cuts the gradient where a batch begins', async () => {
    const model = new CarryState(small(), 2);
    const y = letters([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    const gradOf = async (run: () => Tensor): Promise<unknown> =>
      valueAndGrad(() => crossEntropy(run(), y), [model.model.encoder.weight])
        .grads.get(model.model.encoder.weight)
        ?.data();
    const { h, c } = model.model.forwardWithState(left);
    const expected = await gradOf(() => model.model.forwardWithState(right, { h, c }).logits);
    model.forward(left, { training: true });
    expect(await gradOf(() => model.forward(right, { training: true }))).toEqual(expected);
  });

  it('is its model in a state dict, and a checkpoint keeps the state', async () => {
    const model = new CarryState(small(), 2);
    expect(model.parameters()).toEqual(model.model.parameters());
    expect(loadStateDict(model, stateDict(small()))).toEqual({ missing: [], unexpected: [] });
    model.forward(left, { training: true });
    const other = new CarryState(small(), 2);
    loadStateDict(other, stateDict(model));
    expect(await other.forward(right, { training: true }).data()).toEqual(await model.forward(right, { training: true }).data());
  });

  it('refuses batches of another size', () => {
    expect(() => new CarryState(small(), 3).forward(left, { training: true })).toThrow(
      'CarryState: x must be [3, t] in training, a row for each stream, got [2, 3]',
    );
    expect(() => new CarryState(small(), 0)).toThrow(ArgumentError);
  });
});

describe('generate', () => {
  const text = 'abcdefg'.repeat(30);
  const vocabulary = charVocabulary(text);

  it('writes what the model has learnt', async () => {
    const model = new CarryState(small(), 2);
    const optimizer = new Adam(model.parameters(), { lr: 0.05 });
    const windows = textDataset(text, { vocabulary, length: 8, streams: 2 });
    for (let step = 0; step < 40; step++) {
      const { x, y } = windows.getBatch([0, 1].map((row) => (2 * step + row) % windows.size));
      const batch = [x, y].map(({ data, shape }) => tensor(data, { shape, dtype: 'int32' }));
      optimizer.step(
        valueAndGrad(() => crossEntropy(model.forward(batch[0], { training: true }), batch[1]), model.parameters()).grads,
      );
    }
    const options = { prompt: 'cde', length: 10, temperature: 0, rng: new Rng(1) };
    expect(await generate(model.model, vocabulary, options)).toBe('fgabcdefga');
  });

  it('draws by the temperature, and the same with the same seed', async () => {
    const write = (temperature: number, seed: number): Promise<string> =>
      generate(small(), vocabulary, { prompt: 'a', length: 60, temperature, rng: new Rng(seed) });
    expect(await write(1, 1)).toBe(await write(1, 1));
    expect(await write(1, 1)).not.toBe(await write(1, 2));
    expect(new Set(await write(100, 1)).size).toBe(7);
    expect(await write(1e-3, 1)).toBe(await write(0, 2));
  });

  it('refuses what it cannot write', async () => {
    const write = (options: object): Promise<string> =>
      generate(small(), vocabulary, { prompt: 'a', length: 1, rng: new Rng(1), ...options });
    await expect(write({ prompt: '' })).rejects.toThrow(ArgumentError);
    await expect(write({ length: -1 })).rejects.toThrow('length must be a non-negative integer, got -1');
    await expect(write({ temperature: -1 })).rejects.toThrow('temperature must not be negative, got -1');
    expect(await write({ length: 0 })).toBe('');
  });
});
