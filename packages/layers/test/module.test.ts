import { valueAndGrad } from '@dl/autograd';
import { ShapeError } from '@dl/kernels';
import { currentBackend, mul, ones, Parameter, relu, type Tensor, tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import {
  Conv2d,
  Dropout,
  type ForwardOptions,
  Identity,
  type Layer,
  Linear,
  Module,
  observeForward,
  ReLU,
  Sequential,
} from '../src/index.ts';

class Scale extends Module implements Layer {
  readonly factor: Parameter = new Parameter(tensor(2));
  readonly runningMean: Parameter = new Parameter(tensor([0]), { trainable: false });

  override forward(x: Tensor): Tensor {
    return mul(mul(x, this.factor), mul(this.factor, 1));
  }
}

class Block extends Module implements Layer {
  readonly branches: readonly [Scale, Scale] = [new Scale(), new Scale()];
  readonly weights: readonly Parameter[] = [new Parameter(tensor(1)), new Parameter(tensor(2))];
  readonly finalLayer: Linear = new Linear(2, 2);
  readonly note = 'not a member';

  override forward(x: Tensor): Tensor {
    return this.finalLayer.forward(relu(this.branches[1].forward(this.branches[0].forward(x))));
  }
}

describe('members', () => {
  it('are found in fields and arrays, and named as in PyTorch', () => {
    expect([...new Block().namedParameters().keys()]).toEqual([
      'weights.0',
      'weights.1',
      'branches.0.factor',
      'branches.0.running_mean',
      'branches.1.factor',
      'branches.1.running_mean',
      'final_layer.weight',
      'final_layer.bias',
    ]);
  });

  it('are found in plain records, under their own keys, and in no other object', () => {
    class Routed extends Module {
      readonly routes: Readonly<Record<string, Linear>> = { toCat: new Linear(1, 1), dog: new Linear(1, 1, { bias: false }) };
      readonly nested: readonly Readonly<Record<string, Parameter>>[] = [{ a: new Parameter(tensor(1)) }];
      readonly map: ReadonlyMap<string, Linear> = new Map([['hidden', new Linear(1, 1)]]);
      override forward(x: Tensor, route: string): Tensor {
        return this.routes[route].forward(x);
      }
    }
    expect([...new Routed().namedParameters().keys()]).toEqual([
      'nested.0.a',
      'routes.toCat.weight',
      'routes.toCat.bias',
      'routes.dog.weight',
    ]);
  });

  it('give the trainable parameters to optimisers, and all to state dicts', () => {
    const scale = new Scale();
    expect(scale.parameters()).toEqual([scale.factor]);
    expect([...scale.namedParameters().values()]).toEqual([scale.factor, scale.runningMean]);
  });

  it('count once where they are shared', () => {
    const shared = new Linear(2, 2);
    const model = new Sequential(shared, new ReLU(), shared);
    expect(model.parameters()).toHaveLength(2);
    expect(model.modules()).toHaveLength(3);
    expect([...model.namedModules().keys()]).toEqual(['', '0', '1']);
  });
});

describe('forward', () => {
  it('frees its intermediates outside a recording, and keeps what it returns', async () => {
    const block = new Block();
    const x = tensor([[1, 2]]);
    const { buffers } = currentBackend().stats();
    const y = block.forward(x);
    expect(currentBackend().stats().buffers).toBe(buffers + 1);
    expect(await y.data()).toHaveLength(2);
  });

  it('keeps them while a gradient is recorded, and the gradient is right', async () => {
    const scale = new Scale();
    const x = tensor([3]);
    const { grads } = valueAndGrad(() => scale.forward(x).sum(), scale.parameters());
    expect(await grads.get(scale.factor)!.item()).toBe(12);
  });

  it('works through super in a subclass', async () => {
    class Twice extends Scale {
      override forward(x: Tensor): Tensor {
        return super.forward(super.forward(x));
      }
    }
    expect(await new Twice().forward(tensor([1])).item()).toBe(16);
  });

  it('hands the mode and the generator down', () => {
    const seen: (boolean | undefined)[] = [];
    class Probe extends Module implements Layer {
      override forward(x: Tensor, { training }: ForwardOptions = {}): Tensor {
        seen.push(training);
        return x;
      }
    }
    const model = new Sequential(new Probe(), new Sequential(new Probe()));
    model.forward(ones([1]));
    model.forward(ones([1]), { training: true });
    expect(seen).toEqual([undefined, undefined, true, true]);
  });
});

describe('errors', () => {
  it('name the layer by its path from the outermost module', () => {
    const model = new Sequential({
      features: new Sequential(new Conv2d(1, 2, 3), new ReLU(), new Identity(), new Conv2d(3, 4, 3)),
    });
    const run = (): Tensor => model.forward(ones([1, 1, 8, 8]));
    expect(run).toThrow(ShapeError);
    expect(run).toThrow(/^conv2d: .* in features\.3 \(Conv2d\)$/);
  });

  it('name a module alone by its class, and carry the path in the stack', () => {
    const failure = catchError(() => new Linear(3, 1).forward(ones([1, 2])));
    expect(failure.message).toMatch(/ in Linear$/);
    expect(failure.stack).toContain(failure.message);
  });

  it('name a module held in an array, and one that the outer module calls past its child', () => {
    class Reach extends Module implements Layer {
      readonly inner: Block = new Block();
      override forward(x: Tensor): Tensor {
        return this.inner.finalLayer.forward(x);
      }
    }
    expect(() => new Reach().forward(ones([1, 5]))).toThrow(/ in inner\.final_layer \(Linear\)$/);
  });

  it('that are not this framework’s pass unchanged', () => {
    class Broken extends Module implements Layer {
      override forward(): Tensor {
        throw new RangeError('mine');
      }
    }
    const failure = catchError(() => new Sequential(new Broken()).forward(ones([1])));
    expect(failure).toBeInstanceOf(RangeError);
    expect(failure.message).toBe('mine');
  });

  it('free what was made before them', () => {
    const model = new Sequential(new Linear(2, 3), new Linear(4, 1));
    const x = ones([5, 2]);
    const { buffers } = currentBackend().stats();
    expect(() => model.forward(x)).toThrow(ShapeError);
    expect(currentBackend().stats().buffers).toBe(buffers);
  });
});

describe('observeForward', () => {
  it('sees every module, outermost first and last, and nothing after it returned', () => {
    const model = new Sequential({ a: new ReLU(), b: new Sequential({ c: new Dropout() }) });
    const events: string[] = [];
    const observer = {
      enter: (module: Module) => events.push(`enter ${module.constructor.name}`),
      leave: (module: Module) => events.push(`leave ${module.constructor.name}`),
    };
    observeForward(observer, () => model.forward(ones([1])));
    model.forward(ones([1]));
    expect(events).toEqual([
      'enter Sequential',
      'enter ReLU',
      'leave ReLU',
      'enter Sequential',
      'enter Dropout',
      'leave Dropout',
      'leave Sequential',
      'leave Sequential',
    ]);
  });

  it('ends with an error, too', () => {
    const seen: Module[] = [];
    expect(() =>
      observeForward({ leave: (module) => seen.push(module) }, () => {
        throw new Error('stop');
      }),
    ).toThrow('stop');
    new ReLU().forward(ones([1]));
    expect(seen).toEqual([]);
  });
});

function catchError(fn: () => unknown): Error {
  try {
    fn();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was thrown');
}
