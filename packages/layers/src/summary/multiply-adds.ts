import { sizeOf } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';

type Count = (inputs: readonly Tensor[], output: Tensor, attrs: unknown) => number;

/** The ops whose work is multiplying and adding, by name; every other op counts none. */
const counts: Readonly<Record<string, Count>> = {
  conv2d: ([, weight], output) => output.size * sizeOf(weight.shape.slice(1)),
  conv2dInputGrad: ([dy, weight]) => dy.size * sizeOf(weight.shape.slice(1)),
  matmul: ([a], output, attrs) => output.size * a.shape[a.rank - (isTransposed(attrs) ? 2 : 1)],
  recurrentScan: ([projected, weight]) => projected.size * weight.shape[1],
};

/** How many products an op adds up. */
export function multiplyAdds(op: string, inputs: readonly Tensor[], output: Tensor, attrs: unknown): number {
  return Object.hasOwn(counts, op) ? counts[op](inputs, output, attrs) : 0;
}

function isTransposed(attrs: unknown): boolean {
  return typeof attrs === 'object' && attrs !== null && 'transposeA' in attrs && attrs.transposeA === true;
}
