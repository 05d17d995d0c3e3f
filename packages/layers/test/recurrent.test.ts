import { checkGradients, grad, valueAndGrad } from '@dl/autograd';
import { ArgumentError, createReferenceBackend, ShapeError } from '@dl/kernels';
import { currentBackend, mul, ones, Rng, randn, sum, type Tensor, zeros } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { GRU, type Layer, LSTM, Module, type RecurrentOptions, RNN, stateDict, summary } from '../src/index.ts';
import type { Cell } from '../src/recurrent/cell.ts';
import { gruCell } from '../src/recurrent/gru-cell.ts';
import { lstmCell } from '../src/recurrent/lstm-cell.ts';
import { rnnCell } from '../src/recurrent/rnn-cell.ts';
import { scan } from '../src/recurrent/scan.ts';
import { pattern } from './golden/pattern.ts';
import { expectTensor, fill, type GoldenTensor, upload } from './golden/read.ts';
import golden from './golden/recurrent.json' with { type: 'json' };

interface Run {
  readonly layer: Module;
  run(x: Tensor, state?: Readonly<Record<string, Tensor>>): Readonly<Record<string, Tensor>>;
}

function make(kind: string, options: object): Run {
  const { num_layers, batch_first, ...rest } = options as Record<string, never>;
  const given: RecurrentOptions = { ...rest, numLayers: num_layers, batchFirst: batch_first };
  if (kind === 'LSTM') {
    const layer = new LSTM(2, 3, given);
    return { layer, run: (x, state) => ({ ...layer.forward(x, state && { h: state.h, c: state.c }) }) };
  }
  const layer = kind === 'GRU' ? new GRU(2, 3, given) : new RNN(2, 3, given);
  return { layer, run: (x, state) => ({ ...layer.forward(x, state?.h) }) };
}

describe('recurrent layers agree with PyTorch 1.13', () => {
  it.each(golden.map((row, i) => ({ ...row, i })))('$i $kind $options', async (row) => {
    const { layer, run } = make(row.kind, row.options);
    expect([...stateDict(layer).keys()]).toEqual(Object.keys(row.parameters));
    fill(layer, row.parameters);
    const x = upload(row.x);
    const given = row.state as Record<string, GoldenTensor> | null;
    const state = given === null ? undefined : Object.fromEntries(Object.entries(given).map(([k, v]) => [k, upload(v)]));
    const outputs = run(x, state);
    expect(Object.keys(outputs)).toEqual(Object.keys(row.outputs));
    for (const [name, expected] of Object.entries(row.outputs)) await expectTensor(outputs[name], expected, 1e-6);
    const sources: Record<string, Tensor> = { x, ...state, ...Object.fromEntries(stateDict(layer)) };
    const { grads } = valueAndGrad(
      () =>
        Object.values(run(x, state))
          .map((y, i) => sum(mul(y, pattern(y.shape, 5 + 6 * i))))
          .reduce((total, part) => total.add(part)),
      Object.values(sources),
    );
    expect(Object.keys(row.grads)).toEqual(Object.keys(sources));
    for (const [name, expected] of Object.entries(row.grads)) {
      await expectTensor(grads.get(sources[name])!, expected as GoldenTensor, 2e-5);
    }
  });
});

describe('derivatives in float64 match finite differences', () => {
  const backend = createReferenceBackend();
  const draw = (shape: readonly number[], seed: number): Tensor =>
    randn(shape, { rng: new Rng(seed), dtype: 'float64', backend });
  const cells: readonly [string, Cell][] = [
    ['LSTM', lstmCell],
    ['GRU', gruCell],
    ['RNN', rnnCell('tanh')],
  ];
  const inputsOf = (cell: Cell): Tensor[] => [
    draw([3, 2, cell.gates * 2], 1),
    draw([cell.gates * 2, 2], 2),
    ...Array.from({ length: cell.states }, (_, i) => draw([2, 2], 3 + i)),
    ...(cell.hasHiddenBias ? [draw([cell.gates * 2], 7)] : []),
  ];
  const run =
    (cell: Cell, reverse: boolean) =>
    (...[projected, weight, ...rest]: Tensor[]): Tensor =>
      scan(cell, { projected, weight, bias: rest[cell.states], state: rest.slice(0, cell.states), reverse });

  it.each(cells)('of %s, in both directions', async (_name, cell) => {
    for (const reverse of [false, true]) {
      expect(await checkGradients(run(cell, reverse), inputsOf(cell))).toBeLessThan(1e-6);
    }
  });

  it.each(cells)('of the gradient of %s: second derivatives see through the steps', async (_name, cell) => {
    const [projected, weight, ...rest] = inputsOf(cell);
    const weights = draw([cell.states, 3, 2, 2], 9);
    const slope = grad((w: Tensor) => sum(mul(run(cell, false)(projected, w, ...rest), weights)));
    expect(await checkGradients(slope, [weight])).toBeLessThan(1e-5);
    const byInput = (x: Tensor, w: Tensor): Tensor => grad((p: Tensor) => sum(mul(run(cell, true)(p, w, ...rest), weights)))(x);
    expect(await checkGradients(byInput, [projected, weight])).toBeLessThan(1e-5);
  });
});

describe('LSTM', () => {
  it('goes on from a state as if it had never stopped', async () => {
    const layer = new LSTM(2, 3, { numLayers: 2, rng: new Rng(1) });
    const x = randn([6, 2, 2], { rng: new Rng(2) });
    const whole = layer.forward(x);
    const first = layer.forward(x.slice([[0, 4]]));
    const second = layer.forward(x.slice([[4]]), first);
    expect(await second.output.data()).toEqual(await whole.output.slice([[4]]).data());
    expect(await second.c.data()).toEqual(await whole.c.data());
  });

  it('drops between layers in training alone', async () => {
    const x = ones([3, 2, 2]);
    const layer = new LSTM(2, 3, { numLayers: 2, dropout: 0.5, rng: new Rng(1) });
    const output = async (options?: { training: boolean; rng: Rng }): Promise<unknown> =>
      (await layer.forward(x, undefined, options).output.data()).join();
    const drop = (seed: number): Promise<unknown> => output({ training: true, rng: new Rng(seed) });
    expect(await output({ training: false, rng: new Rng(1) })).toBe(await output());
    expect(await drop(1)).toBe(await drop(1));
    expect(new Set([await output(), await drop(1), await drop(2)]).size).toBe(3);
    const single = new LSTM(2, 3, { dropout: 0.5 });
    const options = { training: true };
    expect(await single.forward(x, undefined, options).output.data()).toEqual(await single.forward(x).output.data());
  });

  it('begins uniform in ± 1 / √hiddenSize, from the generator', async () => {
    const layer = new LSTM(4, 100, { rng: new Rng(3) });
    for (const parameter of layer.parameters()) {
      const values = Array.from(await parameter.data());
      const greatest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(greatest).toBeLessThanOrEqual(Math.fround(0.1));
      expect(greatest).toBeGreaterThan(0.098);
    }
    const again = new LSTM(4, 100, { rng: new Rng(3) });
    expect(await again.parameters()[1].data()).toEqual(await layer.parameters()[1].data());
  });

  it('leaves nothing behind, in training and in inference', () => {
    const layer = new LSTM(2, 3, { numLayers: 2, bidirectional: true });
    const x = ones([4, 2, 2]);
    const { buffers } = currentBackend().stats();
    const { value, grads } = valueAndGrad(() => layer.forward(x).output.sum(), layer.parameters());
    value.dispose();
    for (const grad of grads.values()) grad.dispose();
    for (const y of Object.values(layer.forward(x))) y.dispose();
    expect(currentBackend().stats().buffers).toBe(buffers);
  });

  it('is summed up inside a model', () => {
    class Model extends Module implements Layer {
      readonly lstm: LSTM = new LSTM(3, 4);
      override forward(x: Tensor): Tensor {
        return this.lstm.forward(x).output;
      }
    }
    const { layers, parameters, multiplyAdds } = summary(new Model(), [5, 2, 3]);
    expect(parameters).toBe(16 * (3 + 4 + 2));
    expect(multiplyAdds).toBe(5 * 2 * 16 * (3 + 4));
    expect(layers.find(({ name }) => name === 'lstm')?.outputShapes).toEqual([
      [5, 2, 4],
      [1, 2, 4],
      [1, 2, 4],
    ]);
  });
});

describe('recurrent layers refuse', () => {
  it.each<[() => unknown, new (...args: never[]) => Error, string]>([
    [() => new LSTM(0, 1), ArgumentError, 'LSTM: inputSize must be a positive integer, got 0'],
    [() => new GRU(1, 1, { numLayers: 0 }), ArgumentError, 'GRU: numLayers must be a positive integer, got 0'],
    [() => new GRU(1, 1, { dropout: 2 }), ArgumentError, 'GRU: dropout must be in [0, 1], got 2'],
    [() => new RNN(1, 1, { nonlinearity: 'gelu' as 'relu' }), ArgumentError, 'RNN: nonlinearity must be tanh or relu, got gelu'],
    [() => new LSTM(2, 3).forward(zeros([4, 1, 3])), ShapeError, 'LSTM: x must be [t, n, 2] or [t, 2], got [4, 1, 3]'],
    [() => new GRU(2, 3, { batchFirst: true }).forward(zeros([2])), ShapeError, 'GRU: x must be [n, t, 2] or [t, 2], got [2]'],
    [() => new RNN(2, 3).forward(zeros([0, 1, 2])), ShapeError, 'RNN: x must have a step and an example, got [0, 1, 2]'],
    [() => new GRU(2, 3).forward(zeros([4, 5, 2]), zeros([1, 3])), ShapeError, 'GRU: a state must be [1, 5, 3], got [1, 3]'],
    [() => new GRU(2, 3).forward(zeros([4, 2]), zeros([1, 1, 3])), ShapeError, 'GRU: a state must be [1, 3], got [1, 1, 3]'],
  ])('%#', (run, type, message) => {
    expect(run).toThrow(type);
    expect(run).toThrow(message);
  });
});
