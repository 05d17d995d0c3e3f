import ndarray from 'ndarray';
import type { TypedArray } from '../dtype.ts';
import { broadcastStrides, type Shape } from '../shape.ts';
import { type Kernel, offsetsOf, type View } from './view.ts';

export const matmul: Kernel<'matmul'> = ([a, b], { transposeA, transposeB }, out) => {
  const batch = out.shape.slice(0, -2);
  const matricesA = matrices(a, batch, transposeA);
  const matricesB = matrices(b, batch, transposeB);
  const products = matrices(out, batch, false);
  for (let i = 0; i < products.length; i++) multiply(matricesA[i], matricesB[i], products[i]);
};

function multiply(a: ndarray.NdArray<TypedArray>, b: ndarray.NdArray<TypedArray>, out: ndarray.NdArray<TypedArray>): void {
  const [rows, inner] = a.shape;
  const columns = b.shape[1];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let p = 0; p < inner; p++) sum += a.get(i, p) * b.get(p, j);
      out.set(i, j, sum);
    }
  }
}

/** One view a matrix of the broadcast batch, turned the right way round. */
function matrices(x: View, batch: Shape, transposed: boolean): ndarray.NdArray<TypedArray>[] {
  const [rows, columns] = x.shape.slice(-2);
  const strides = broadcastStrides(x.shape.slice(0, -2), batch).map((stride) => stride * rows * columns);
  return Array.from(offsetsOf(batch, strides, 0), (offset) => {
    const view = ndarray(x.data, [rows, columns], [columns, 1], offset);
    return transposed ? view.transpose(1, 0) : view;
  });
}
