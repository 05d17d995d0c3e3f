import { valueAndGrad } from '@dl/autograd';
import { createTypedArray, type HostTensor, isFloat } from '@dl/kernels';
import { add, mul, sum, Tensor } from '@dl/tensor';
import { type Call, compute, outputsOf } from './evaluate.ts';
import type { OpSample } from './record.ts';
import type { Target } from './target.ts';

/** What of a sample a gradient depends on. */
export type Differentiable = Pick<OpSample, 'call' | 'differentiable' | 'inputs'>;

type Sources = Pick<OpSample, 'differentiable' | 'inputs'>;

/** Which inputs a sample is differentiated by: those it names, else all float ones. */
export function differentiableInputs({ differentiable, inputs }: Sources): readonly number[] {
  return differentiable ?? inputs.flatMap(({ dtype }, i) => (dtype === 'float' ? [i] : []));
}

/** Whether a sample has derivatives to check. */
export function isDifferentiable(sample: Sources): boolean {
  return differentiableInputs(sample).length > 0;
}

/** Element `i` of the upstream gradient of output `output`: the same in `scripts/golden.py`. */
export function cotangent(output: number, i: number): number {
  return Math.cos(0.3 + output + i);
}

/** The gradients of a sample on `target`, one a differentiable input: those of $\sum_k \langle c_k, y_k \rangle$ over the float outputs $y_k$. */
export async function gradients(target: Target, sample: Differentiable): Promise<HostTensor[]> {
  const sources = differentiableInputs(sample);
  return compute(target, sample.inputs, (xs) =>
    weightedGradients(
      sample.call,
      xs,
      sources.map((source) => xs[source]),
    ),
  );
}

/** As {@link gradients}, on tensors and inside the caller's scope. */
export function weightedGradients(call: Call, xs: readonly Tensor[], sources: readonly Tensor[]): Tensor[] {
  const { grads } = valueAndGrad(() => weightedSum(outputsOf(call(...xs))), sources);
  return sources.map((source) => grads.get(source)!);
}

function weightedSum(outputs: readonly Tensor[]): Tensor {
  const terms = outputs.flatMap((output, k) => (isFloat(output.dtype) ? [sum(mul(output, weightsLike(output, k)))] : []));
  if (terms.length === 0) throw new Error('no output is a float: the sample must say `differentiable: []`');
  return terms.reduce((total, term) => add(total, term));
}

function weightsLike({ backend, shape, dtype, size }: Tensor, output: number): Tensor {
  const data = createTypedArray(dtype, size);
  for (let i = 0; i < size; i++) data[i] = cotangent(output, i);
  return new Tensor(backend, backend.upload(data, { shape, dtype }), shape, dtype);
}
