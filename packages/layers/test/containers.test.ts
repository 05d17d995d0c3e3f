import { grad, valueAndGrad } from '@dl/autograd';
import { ArgumentError, ShapeError } from '@dl/kernels';
import { currentBackend, ones, Rng, randn, type Tensor, tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import {
  BatchNorm2d,
  Concat,
  Conv2d,
  Dropout,
  freeze,
  Identity,
  Lambda,
  type Layer,
  Linear,
  MaxPool2d,
  ReLU,
  Residual,
  Sequential,
  stateDict,
  unfreeze,
} from '../src/index.ts';

const values = async (x: Tensor): Promise<number[]> => Array.from(await x.data());
const namesOf = (layer: Layer): string[] => [...stateDict(layer).keys()];

describe('Residual', () => {
  it('adds its input to what the body makes of it, and 1 to the slope', async () => {
    const block = new Residual(new Lambda((x) => x.mul(0.25)));
    const x = tensor([4, -8]);
    expect(await values(block.forward(x))).toEqual([5, -10]);
    expect(await values(grad((y: Tensor) => block.forward(y).sum())(x))).toEqual([1.25, 1.25]);
  });

  it('lets a gradient through any depth of dead bodies', async () => {
    const dead = (): Layer => new Residual(new Sequential(new Lambda((x) => x.sub(100)), new ReLU()));
    const model = new Sequential(...Array.from({ length: 50 }, dead));
    expect(await values(grad((x: Tensor) => model.forward(x).sum())(tensor([3])))).toEqual([1]);
  });

  it('has a shortcut where shapes change', async () => {
    const block = new Residual(new Conv2d(2, 4, 3, { stride: 2, padding: 1 }), {
      shortcut: new Sequential(new Conv2d(2, 4, 1, { stride: 2, bias: false }), new BatchNorm2d(4)),
    });
    expect(block.forward(ones([1, 2, 6, 6])).shape).toEqual([1, 4, 3, 3]);
    expect(namesOf(block).slice(0, 4)).toEqual(['body.weight', 'body.bias', 'shortcut.0.weight', 'shortcut.1.weight']);
    const { grads } = valueAndGrad(
      () =>
        block
          .forward(ones([1, 2, 6, 6]), { training: true })
          .square()
          .sum(),
      block.parameters(),
    );
    expect(grads.size).toBe(5);
  });

  it('refuses branches that end in different shapes, which might broadcast', () => {
    const block = new Residual(new Conv2d(3, 1, 1));
    const run = (): Tensor => block.forward(ones([1, 3, 4, 4]));
    expect(run).toThrow(ShapeError);
    expect(run).toThrow('Residual: body and shortcut must end in one shape, got [1, 1, 4, 4] and [1, 3, 4, 4]');
  });
});

describe('Concat', () => {
  it('is the module of Inception', () => {
    const inception = new Concat([
      new Conv2d(4, 2, 1),
      new Sequential(new Conv2d(4, 3, 1), new ReLU(), new Conv2d(3, 5, 3, { padding: 1 })),
      new Sequential(new MaxPool2d(3, { stride: 1, padding: 1 }), new Conv2d(4, 1, 1)),
    ]);
    expect(inception.forward(ones([2, 4, 6, 6])).shape).toEqual([2, 8, 6, 6]);
    expect(namesOf(inception)).toEqual([
      '0.weight',
      '0.bias',
      '1.0.weight',
      '1.0.bias',
      '1.2.weight',
      '1.2.bias',
      '2.1.weight',
      '2.1.bias',
    ]);
  });

  it('puts branches in order along its axis, and adds up their gradients', async () => {
    const layer = new Concat({ same: new Identity(), triple: new Lambda((x) => x.mul(3)) }, { axis: -1 });
    expect(await values(layer.forward(tensor([[1, 2]])))).toEqual([1, 2, 3, 6]);
    expect(await values(grad((x: Tensor) => layer.forward(x).sum())(tensor([[1, 2]])))).toEqual([4, 4]);
  });

  it('hands mode and generator to its branches', async () => {
    const layer = new Concat([new Dropout(0.5), new Identity()]);
    const drop = (seed: number): Promise<number[]> =>
      values(layer.forward(ones([1, 64]), { training: true, rng: new Rng(seed) }));
    expect(await drop(1)).toEqual(await drop(1));
    expect(new Set((await drop(1)).slice(0, 64))).toEqual(new Set([0, 2]));
    expect(await values(layer.forward(ones([1, 64])))).toEqual(new Array(128).fill(1));
  });

  it('must have a branch', () => {
    expect(() => new Concat([])).toThrow(ArgumentError);
    expect(() => new Concat({})).toThrow('Concat: there must be a branch, got none');
  });
});

describe('Lambda', () => {
  it('is told the mode, and frees what the function leaves', async () => {
    const layer = new Lambda((x, { training }) => x.add(training ? 1 : 0).mul(2));
    const x = tensor([1]);
    const { buffers } = currentBackend().stats();
    const [trained, evaluated] = [layer.forward(x, { training: true }), layer.forward(x)];
    expect(currentBackend().stats().buffers).toBe(buffers + 2);
    expect(await values(trained)).toEqual([4]);
    expect(await values(evaluated)).toEqual([2]);
  });
});

describe('freeze', () => {
  const make = (): Sequential =>
    new Sequential({
      features: new Sequential(new Conv2d(1, 2, 3), new BatchNorm2d(2)),
      features2: new Conv2d(2, 2, 1),
      head: new Lambda((x) => x.sum([2, 3])),
    });

  it('takes what is below a prefix from the parameters, and gives it back', () => {
    const model = make();
    expect(freeze(model, 'features')).toEqual(['features.0.weight', 'features.0.bias', 'features.1.weight', 'features.1.bias']);
    expect(model.parameters()).toEqual([stateDict(model).get('features2.weight'), stateDict(model).get('features2.bias')]);
    expect(freeze(model, 'features.0', 'features2.bias')).toEqual(['features2.bias']);
    expect(unfreeze(model, 'features.1', 'features2.bias')).toEqual(['features.1.weight', 'features.1.bias', 'features2.bias']);
    expect(unfreeze(model)).toEqual(['features.0.weight', 'features.0.bias']);
    expect(model.parameters()).toHaveLength(6);
  });

  it('leaves running statistics, and what a program fixed itself, as they are', () => {
    const model = make();
    const own = stateDict(model).get('features2.bias')!;
    own.trainable = false;
    freeze(model);
    expect(model.parameters()).toEqual([]);
    unfreeze(model);
    expect(own.trainable).toBe(false);
    expect(stateDict(model).get('features.1.running_mean')!.trainable).toBe(false);
    expect(model.parameters()).toHaveLength(5);
  });

  it('takes a part of a model, too', () => {
    const model = new Sequential(new Linear(2, 2), new Linear(2, 2));
    freeze(model.layers[0]);
    expect(model.parameters()).toHaveLength(2);
  });

  it('lets gradients through to the input, as of a network that is only looked into', async () => {
    const model = make();
    const x = randn([1, 1, 5, 5], { rng: new Rng(3) });
    const gradient = (): Promise<number[]> => values(grad((y: Tensor) => model.forward(y).sum())(x));
    const before = await gradient();
    freeze(model);
    expect(await gradient()).toEqual(before);
    expect(before.some((value) => value !== 0)).toBe(true);
  });

  it('computes no gradient by what is frozen', () => {
    const model = make();
    freeze(model, 'features');
    const { grads } = valueAndGrad(() => model.forward(ones([2, 1, 5, 5]), { training: true }).sum(), model.parameters());
    expect([...grads.keys()]).toEqual(model.parameters());
    expect(grads.size).toBe(2);
  });

  it('refuses a prefix that names nothing, and then changes nothing', () => {
    const model = make();
    const run = (): unknown => freeze(model, 'features', 'feature');
    expect(run).toThrow(ArgumentError);
    expect(run).toThrow("freeze: a prefix must name a parameter or a module, got 'feature' (the model has features.0.weight,");
    expect(() => unfreeze(model, 'tail')).toThrow("unfreeze: a prefix must name a parameter or a module, got 'tail'");
    expect(model.parameters()).toHaveLength(6);
  });
});
