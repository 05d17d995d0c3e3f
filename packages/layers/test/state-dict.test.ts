import type { HostTensor } from '@dl/kernels';
import { createReferenceBackend } from '@dl/kernels';
import { manualSeed, ones, type Tensor, tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import {
  Conv2d,
  Flatten,
  Linear,
  loadStateDict,
  type Module,
  ReLU,
  Sequential,
  StateDictError,
  stateDict,
} from '../src/index.ts';

const model = (): Sequential =>
  new Sequential({ features: new Sequential(new Conv2d(1, 2, 3), new ReLU()), flatten: new Flatten(), head: new Linear(8, 2) });

const problemsOf = (target: Module, dict: Map<string, Tensor | HostTensor>, strict = true): StateDictError => {
  try {
    loadStateDict(target, dict, { strict });
  } catch (error) {
    if (error instanceof StateDictError) return error;
  }
  throw new Error('no StateDictError was thrown');
};

describe('stateDict', () => {
  it('has PyTorch’s keys in order', () => {
    expect([...stateDict(model()).keys()]).toEqual(['features.0.weight', 'features.0.bias', 'head.weight', 'head.bias']);
  });

  it('has a shared parameter under each of its names', () => {
    const shared = new Linear(2, 2, { bias: false });
    expect([...stateDict(new Sequential(shared, shared)).keys()]).toEqual(['0.weight', '1.weight']);
  });
});

describe('loadStateDict', () => {
  it('makes two models compute the same', async () => {
    const [a, b] = [model(), model()];
    const x = ones([1, 1, 4, 4]);
    expect(await b.forward(x).data()).not.toEqual(await a.forward(x).data());
    expect(loadStateDict(b, stateDict(a))).toEqual({ missing: [], unexpected: [] });
    expect(await b.forward(x).data()).toEqual(await a.forward(x).data());
  });

  it('copies: training one model leaves the other alone', async () => {
    const [a, b] = [new Linear(1, 1), new Linear(1, 1)];
    loadStateDict(b, stateDict(a));
    const before = await b.weight.item();
    a.weight.assign(tensor([[7]]));
    expect(await b.weight.item()).toBe(before);
  });

  it('takes tensors on the host, as a file gives them', async () => {
    const layer = new Linear(2, 1);
    const weight = { shape: [1, 2], dtype: 'float32', data: new Float32Array([3, 4]) } as const;
    const bias = { shape: [1], dtype: 'float32', data: new Float32Array([5]) } as const;
    loadStateDict(layer, new Map(Object.entries({ weight, bias })));
    expect(await layer.forward(tensor([[1, 1]])).item()).toBe(12);
  });

  it('reports every problem in one error, and changes nothing', async () => {
    manualSeed(1);
    const target = model();
    const before = await stateDict(target).get('features.0.bias')!.data();
    const dict = new Map<string, Tensor | HostTensor>([
      ['features.0.bias', tensor([1, 2])],
      ['features.0.weight', ones([2, 1, 5, 5])],
      ['head.weight', ones([2, 8], { dtype: 'int32' })],
      ['extra.weight', ones([1])],
    ]);
    const error = problemsOf(target, dict);
    expect(error.missing).toEqual(['head.bias']);
    expect(error.unexpected).toEqual(['extra.weight']);
    expect(error.mismatched).toEqual([
      'features.0.weight: shape must be [2, 1, 3, 3], got [2, 1, 5, 5]',
      'head.weight: dtype must be float32, got int32',
    ]);
    expect(error.message).toBe(
      [
        'loadStateDict: the dict must fit the model, got ',
        '  missing head.bias',
        '  unexpected extra.weight',
        '  features.0.weight: shape must be [2, 1, 3, 3], got [2, 1, 5, 5]',
        '  head.weight: dtype must be float32, got int32',
      ].join('\n'),
    );
    expect(await stateDict(target).get('features.0.bias')!.data()).toEqual(before);
  });

  it('passes over names where it is not strict, but never over a wrong shape', () => {
    const layer = new Linear(2, 1);
    const dict = new Map([
      ['bias', ones([1])],
      ['other', ones([1])],
    ]);
    expect(loadStateDict(layer, dict, { strict: false })).toEqual({ missing: ['weight'], unexpected: ['other'] });
    expect(problemsOf(layer, new Map([['bias', ones([2])]]), false).mismatched).toEqual(['bias: shape must be [1], got [2]']);
  });

  it('refuses data that lies about its shape, a disposed tensor and another backend', () => {
    const layer = new Linear(2, 1, { bias: false });
    const short = { shape: [1, 2], dtype: 'float32', data: new Float32Array(1) } as const;
    expect(problemsOf(layer, new Map([['weight', short]])).mismatched).toEqual(['weight: data must have 2 elements, got 1']);
    const gone = ones([1, 2]);
    gone.dispose();
    expect(problemsOf(layer, new Map([['weight', gone]])).mismatched).toEqual(['weight: must not be disposed']);
    const elsewhere = ones([1, 2], { backend: createReferenceBackend() });
    expect(problemsOf(layer, new Map([['weight', elsewhere]])).mismatched).toEqual([
      'weight: backend must be wasm, got reference: move it with await x.to(backend)',
    ]);
  });
});
