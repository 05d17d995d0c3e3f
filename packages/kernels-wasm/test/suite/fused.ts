import {
  ArgumentError,
  type Backend,
  BackendError,
  type FusedKernelAttrs,
  type FusedKernelName,
  type KernelInput,
  type TensorSpec,
  type TypedArray,
} from '@dl/kernels';
import { describeFused } from '@dl/testing/suites';
import { describe, expect, it } from 'vitest';
import { type HostInput, host, random } from './harness.ts';

function floatSpec(...shape: number[]): TensorSpec {
  return { shape, dtype: 'float32' };
}

function ints(...values: number[]): HostInput {
  return host(Int32Array.from(values), [values.length], 'int32');
}

/** Runs a fused kernel from host arrays to host arrays, and expects that nothing of it stays. */
export async function runFused<K extends FusedKernelName>(
  backend: Backend,
  kernel: K,
  inputs: readonly HostInput[],
  attrs: FusedKernelAttrs[K],
  outs: readonly TensorSpec[],
): Promise<TypedArray[]> {
  const before = backend.stats();
  const uploaded: KernelInput[] = inputs.map((input) => ({ ...input, buffer: backend.upload(input.data, input) }));
  try {
    const buffers = backend.runFused(kernel, uploaded, attrs, outs);
    const results = await Promise.all(buffers.map((buffer, i) => backend.read({ ...outs[i], buffer })));
    for (const [i, { buffer }] of uploaded.entries()) {
      expect(await backend.read({ ...inputs[i], buffer })).toEqual(inputs[i].data);
    }
    for (const buffer of buffers) backend.release(buffer);
    return results;
  } finally {
    for (const { buffer } of uploaded) backend.release(buffer);
    expect(backend.stats()).toMatchObject({ buffers: before.buffers, bytes: before.bytes });
  }
}

/** Fused kernels against their formulas, and what they refuse. */
export function fusedSuite(create: () => Backend): void {
  const backend = create();
  describeFused(backend);

  describe('softmax cross-entropy', () => {
    it.each([3, -1])('refuses the class %i of three, and keeps nothing', async (chosen) => {
      const run = runFused(backend, 'softmaxCrossEntropy', [random([2, 3]), ints(0, chosen)], { ignoreIndex: -100 }, [
        floatSpec(2),
        floatSpec(),
        floatSpec(2, 3),
      ]);
      await expect(run).rejects.toThrow(ArgumentError);
      await expect(run).rejects.toThrow(`softmaxCrossEntropy: indices must be in [0, 3), got ${chosen}`);
    });

    it('refuses the first class that there is not, of many rows', async () => {
      const x = random([600, 30]);
      const target = ints(...Array.from({ length: 600 }, (_, i) => i % 30));
      target.data[555] = 31;
      target.data[202] = 77;
      const run = runFused(backend, 'softmaxCrossEntropy', [x, target], { ignoreIndex: -1 }, [floatSpec(600), floatSpec(), x]);
      await expect(run).rejects.toThrow('softmaxCrossEntropy: indices must be in [0, 30), got 77');
    });
  });

  it('of another dtype are refused', () => {
    expect(backend.fuses('softmax', 'int32')).toBe(false);
    const x = random([2, 2], 'int32');
    const buffer = backend.upload(x.data, x);
    const run = (): unknown => backend.runFused('softmax', [{ ...x, buffer }], { axis: 1 }, [x]);
    expect(run).toThrow(BackendError);
    expect(run).toThrow('softmax: fused kernels must be asked of a backend that fuses() them, got int32 on the wasm backend');
    backend.release(buffer);
  });

  it('that it does not have are refused', () => {
    expect(backend.fuses('maxPool2dGrad', 'float32')).toBe(false);
    const dy = random([1, 1, 1, 1]);
    const input = { ...dy, buffer: backend.upload(dy.data, dy) };
    const attrs = { kernelSize: [1, 1], stride: [1, 1], padding: [0, 0], dilation: [1, 1] } as const;
    expect(() => backend.runFused('maxPool2dGrad', [input, input], attrs, [dy])).toThrow(
      'maxPool2dGrad: fused kernels must be asked of a backend that fuses() them, got float32 on the wasm backend',
    );
    backend.release(input.buffer);
  });
}
