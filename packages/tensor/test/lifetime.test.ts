import { createReferenceBackend } from '@dl/kernels';
import { beforeEach, describe, expect, it } from 'vitest';
import { runKernels } from '../src/core/run-kernels.ts';
import {
  add,
  BackendError,
  currentBackend,
  DisposedError,
  DTypeError,
  div,
  exp,
  keep,
  mul,
  openScope,
  Parameter,
  ShapeError,
  softmax,
  type Tensor,
  tensor,
  tidy,
  useBackend,
  variance,
} from '../src/index.ts';

beforeEach(async () => {
  await useBackend('reference');
});

const live = (): number => currentBackend().stats().buffers;

describe('tidy', () => {
  it('frees what was made inside, but the result', async () => {
    const x = tensor([3, 4]);
    const length = tidy(() => x.square().sum().sqrt());
    expect(live()).toBe(2);
    expect(await length.item()).toBe(5);
  });

  it('finds results in arrays, maps, sets and plain objects', () => {
    const make = () => tensor([1]);
    const found = tidy(() => ({
      list: [make(), [make()]],
      map: new Map([['a', make()]]),
      set: new Set([make()]),
      lost: new (class {
        x = make();
      })(),
    }));
    expect(live()).toBe(4);
    expect(found.lost.x.isDisposed).toBe(true);
  });

  it('hands results to the scope around it', () => {
    tidy(() => {
      const inner = tidy(() => tensor([1]));
      expect(inner.isDisposed).toBe(false);
    });
    expect(live()).toBe(0);
  });

  it('frees everything when the function throws', () => {
    expect(() =>
      tidy(() => {
        tensor([1]);
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(live()).toBe(0);
  });

  it('leaves kept tensors alone, in every scope', () => {
    const kept: Tensor[] = [];
    tidy(() => tidy(() => void kept.push(keep(tensor([1])))));
    expect(kept[0].isDisposed).toBe(false);
    kept[0].dispose();
    expect(live()).toBe(0);
  });

  it('does not mind tensors that were disposed inside', () => {
    tidy(() => tensor([1]).dispose());
    expect(live()).toBe(0);
  });
});

describe('scopes', () => {
  it('must be closed in reverse order', () => {
    const outer = openScope('outer');
    const inner = openScope('inner');
    expect(() => outer(undefined)).toThrow('outer: scopes must be closed in the reverse order of their opening');
    inner(undefined);
    outer(undefined);
  });
});

describe('dispose', () => {
  it('frees once, and a second call does nothing', () => {
    const x = tensor([1]);
    x.dispose();
    x.dispose();
    expect([live(), x.isDisposed, `${x}`]).toEqual([0, true, 'Tensor float32 [1] on reference (disposed)']);
  });

  it('happens at the end of a block with using', () => {
    let seen: Tensor;
    {
      using x = tensor([1]);
      seen = x;
    }
    expect([seen.isDisposed, live()]).toEqual([true, 0]);
  });

  it('of one of two tensors that share a block leaves the other', async () => {
    const x = tensor([1, 2]);
    const y = x.reshape([2, 1]);
    x.dispose();
    expect(await y.array()).toEqual([[1], [2]]);
    y.dispose();
    expect(live()).toBe(0);
  });

  it('makes every other use an error that says who freed the tensor, and where', async () => {
    const x = tensor([[1, 2]]);
    x.dispose();
    expect(() => exp(x)).toThrow(DisposedError);
    expect(() => exp(x)).toThrow(
      /^tensor: must not be used after it was freed, got float32 \[1, 2\] freed by dispose\(\) at .*lifetime\.test\.ts/,
    );
    await expect(x.data()).rejects.toThrow(DisposedError);
    const y = tidy(() => ({ inner: [tensor([1])] as const, drop: new WeakRef(tensor([2])) })).drop.deref();
    expect(() => y && exp(y)).toThrow(/freed by tidy/);
  });
});

describe('ops of several kernels', () => {
  it('release what lies between', () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    softmax(x);
    variance(x, 0, { keepDims: true });
    expect(live()).toBe(3);
  });

  it('release what they have made when a kernel fails', () => {
    const spec = { shape: [2], dtype: 'float32' } as const;
    const failing = () =>
      runKernels(currentBackend(), (run) => {
        const x = run('fill', [], { value: 1 }, spec);
        run('unary', [x], { fn: 'exp' }, spec);
        throw new Error('out of memory');
      });
    expect(failing).toThrow('out of memory');
    expect(live()).toBe(0);
  });
});

describe('a number beside a tensor', () => {
  it('leaves nothing behind, even where the op refuses', async () => {
    const bytes = tensor([1, 2], { dtype: 'uint8' });
    expect(await add(bytes, -1).array()).toEqual([0, 1]);
    expect(await div(6, bytes).array()).toEqual([6, 3]);
    expect(await div(tensor([3]), 2).array()).toEqual([1.5]);
    expect(live()).toBe(5);
    expect(() => add(bytes, 1)).toThrow(DTypeError);
    expect(live()).toBe(5);
  });
});

describe('two backends', () => {
  it('do not meet in one op', async () => {
    const here = tensor([1]);
    const other = createReferenceBackend();
    const there = tensor([2], { backend: other });
    expect(() => add(here, there)).toThrow(BackendError);
    expect(() => add(here, there)).toThrow(
      'add: tensors must be on one backend, got reference and reference: move one with await x.to(backend)',
    );
    expect(await add(here, await there.to(here.backend)).array()).toEqual([3]);
  });

  it('keep tensors where they were made', async () => {
    const x = tensor([1]);
    const first = x.backend;
    await useBackend(createReferenceBackend());
    expect([mul(x, 2).backend === first, tensor([1]).backend === first]).toEqual([true, false]);
  });

  it('of the same tensor are one block', async () => {
    const x = tensor([1]);
    const same = await x.to(x.backend);
    expect(live()).toBe(1);
    x.dispose();
    expect(await same.array()).toEqual([1]);
  });

  it('have names, and others are refused', async () => {
    await expect(useBackend(JSON.parse('"cuda"'))).rejects.toThrow(
      "useBackend: backend must be 'auto', 'wasm', 'gpu', 'reference' or a Backend, got cuda",
    );
    expect((await useBackend('wasm')).name).toBe('wasm');
  });
});

describe('Parameter', () => {
  it('takes over its value, and survives the scope', () => {
    const value = tensor([1, 2]);
    const weight = tidy(() => ({ made: [new Parameter(value)] })).made[0];
    expect([value.isDisposed, weight.isDisposed, live()]).toEqual([true, false, 1]);
  });

  it('lives on without being returned', () => {
    const made: Parameter[] = [];
    tidy(() => void made.push(new Parameter(tensor([1]))));
    expect(made[0].isDisposed).toBe(false);
  });

  it('changes its value and counts the changes', async () => {
    const weight = new Parameter(tensor([1, 2]));
    tidy(() => weight.assign(weight.mul(0.5)));
    tidy(() => weight.assign(weight.mul(0.5)));
    expect([await weight.array(), weight.version, live()]).toEqual([[0.25, 0.5], 2, 1]);
    weight.dispose();
    expect(live()).toBe(0);
  });

  it('is trainable unless told otherwise', () => {
    expect([new Parameter(tensor([1])).trainable, new Parameter(tensor([1]), { trainable: false }).trainable]).toEqual([
      true,
      false,
    ]);
  });

  it('refuses another shape, dtype or backend, and keeps its value', async () => {
    const weight = new Parameter(tensor([1, 2]));
    expect(() => weight.assign(tensor([1, 2, 3]))).toThrow(ShapeError);
    expect(() => weight.assign(tensor([1, 2, 3]))).toThrow('assign: shape must stay [2], got [3]');
    expect(() => weight.assign(tensor([1, 2], { dtype: 'int32' }))).toThrow(DTypeError);
    expect(() => weight.assign(tensor([1, 2], { dtype: 'int32' }))).toThrow('assign: dtype must stay float32, got int32');
    expect(() => weight.assign(tensor([1, 2], { backend: createReferenceBackend() }))).toThrow(
      'assign: backend must stay reference, got reference',
    );
    expect([await weight.array(), weight.version]).toEqual([[1, 2], 0]);
  });
});
