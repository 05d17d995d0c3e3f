import type { Backend, FusedKernelAttrs, FusedKernelName, KernelInput, Shape, TensorSpec, TypedArray } from '@dl/kernels';
import { type HostInput, random } from './harness.ts';

/** A fused kernel on inputs that are cut into several tasks. */
export interface FusedCall {
  readonly name: string;
  readonly inputs: readonly HostInput[];
  readonly run: (backend: Backend, inputs: readonly KernelInput[]) => Promise<TypedArray[]>;
}

function call<K extends FusedKernelName>(
  kernel: K,
  shapes: readonly Shape[],
  attrs: FusedKernelAttrs[K],
  outs: readonly Shape[],
): FusedCall {
  const specs: readonly TensorSpec[] = outs.map((shape) => ({ shape, dtype: 'float32' }));
  return {
    name: `${kernel} of ${shapes.map((shape) => `[${shape}]`).join(', ')}`,
    // Variances and second moments are not negative; kernels see no other harm in it.
    inputs: shapes.map((shape, i) => positive(random(shape, 'float32', i))),
    run: async (backend, inputs) => {
      const buffers = backend.runFused(kernel, inputs, attrs, specs);
      const results = await Promise.all(buffers.map((buffer, i) => backend.read({ ...specs[i], buffer })));
      for (const buffer of buffers) backend.release(buffer);
      return results;
    },
  };
}

function positive(input: HostInput): HostInput {
  return { ...input, data: input.data.map(Math.abs) };
}

/** Calls of every fused kernel that looks at more than one row, each with shapes that leave a last task with less to do. */
export function largeFusedCalls(): readonly FusedCall[] {
  const eps = 1e-3;
  const calls: FusedCall[] = [];
  for (const x of [
    [19, 5, 700],
    [3, 37, 1030],
    [1, 70, 1000],
    [90, 130, 7],
    [1500, 45, 1],
  ]) {
    const channels = [x[1]];
    calls.push(call('batchNorm', [x, channels, channels], { eps }, [x, channels, channels]));
    calls.push(call('batchNormGrad', [x, channels, channels, channels, x], { eps }, [x, channels, channels]));
    calls.push(call('scaleShift', [x, channels, channels], {}, [x]));
  }
  for (const x of [
    [1000, 67],
    [37, 2050],
  ]) {
    const [rows, n] = [[x[0]], [x[1]]];
    calls.push(call('layerNorm', [x, n, n], { eps }, [x, rows, rows]));
    calls.push(call('layerNormGrad', [x, n, rows, rows, x], { eps }, [x, n, n]));
  }
  for (const [rows, width] of [
    [61, 67],
    [33, 132],
  ]) {
    const [state, gates] = [
      [rows, width],
      [rows, 4 * width],
    ];
    calls.push(call('lstmCell', [gates, state], {}, [state, state, gates]));
    calls.push(call('lstmCellGrad', [gates, state, state, state, state], {}, [gates, state]));
  }
  const flat = [70_001];
  const adam = { rate: 0.01, beta1: 0.9, beta2: 0.999, eps: 1e-8, correction: 0.3, penalty: 0.1, shrink: 0.99 };
  const sgd = { lr: 0.1, penalty: 0.2, dampening: 0.3, nesterov: false };
  calls.push(call('reluGrad', [flat, flat], {}, [flat]));
  calls.push(call('adamStep', [flat, flat, flat, flat], adam, [flat, flat, flat]));
  calls.push(call('sgdStep', [flat, flat], { ...sgd, momentum: 0 }, [flat]));
  calls.push(call('sgdStep', [flat, flat, flat], { ...sgd, momentum: 0.9 }, [flat, flat]));
  calls.push(call('softmax', [[700, 103]], { axis: 1 }, [[700, 103]]));
  calls.push(
    call(
      'softmaxGrad',
      [
        [9, 103, 80],
        [9, 103, 80],
      ],
      { axis: 1 },
      [[9, 103, 80]],
    ),
  );
  return calls;
}
