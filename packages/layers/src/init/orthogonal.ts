import { ArgumentError, formatShape, type Shape, ShapeError, sizeOf } from '@dl/kernels';
import { defaultRng, type Rng, type Tensor } from '@dl/tensor';
import { hostTensor } from './host-tensor.ts';
import { normalQuantile } from './normal-quantile.ts';
import type { XavierOptions } from './xavier-uniform.ts';

/**
 * Orthogonal: rows, or where there are more of them the columns, have length 1 and a right angle between each two, uniformly over all such matrices.
 * Lengths survive any number of such layers.
 *
 * @param shape - `[out, ...]`; what follows the first axis counts as columns
 * @throws {@link ShapeError} for fewer than two axes
 * @throws {@link ArgumentError} for no element
 * @example
 * const w = init.orthogonal([2, 2], { rng: new Rng(1) });
 * await w.matmul(w.transpose()).array() // [[1, 0], [0, 1]]
 * @see Saxe, McClelland & Ganguli, Exact solutions to the nonlinear dynamics of learning in deep linear neural networks, 2013
 */
export function orthogonal(shape: Shape, options: XavierOptions = {}): Tensor {
  const { gain = 1, rng = defaultRng(), ...rest } = options;
  if (shape.length < 2) throw new ShapeError('orthogonal', `the shape must have two axes or more, got ${formatShape(shape)}`);
  if (sizeOf(shape) === 0) throw new ArgumentError('orthogonal', `the shape must have elements, got ${formatShape(shape)}`);
  const rows = shape[0];
  const columns = sizeOf(shape) / rows;
  const vectors = orthonormal(Math.min(rows, columns), Math.max(rows, columns), rng);
  return hostTensor(shape, rest, (values) => {
    for (let i = 0; i < values.length; i++) {
      const [row, column] = [Math.floor(i / columns), i % columns];
      values[i] = gain * (rows <= columns ? vectors[row][column] : vectors[column][row]);
    }
  });
}

/**
 * Normal vectors, made orthonormal one by one by Gram and Schmidt's process. What is taken off is so with positive lengths: the QR decomposition
 * with a positive diagonal, which makes the result uniform (Mezzadri, How to generate random matrices from the classical compact groups, 2007).
 */
function orthonormal(count: number, size: number, rng: Rng): Float64Array[] {
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length: size }, () => normalQuantile(rng.next() + 2 ** -54));
    // Twice is enough (Kahan, in Parlett 1980): rounding leaves a trace of the others after the first time.
    for (const other of [...vectors, ...vectors]) addMultiple(vector, other, -dot(vector, other));
    const length = Math.sqrt(dot(vector, vector));
    vectors.push(vector.map((value) => value / length));
  }
  return vectors;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function addMultiple(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] += factor * b[i];
}
