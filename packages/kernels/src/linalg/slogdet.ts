import { lu } from './lu.ts';
import { type Matrix, zeroMatrix } from './matrix.ts';

/** The sign of the determinant and $\ln |\det A|$, side by side; 0 and −∞ of a singular matrix. */
export function slogdet(a: Matrix): Matrix {
  const { triangles, parity } = lu(a);
  let sign: number = parity;
  let log = 0;
  for (let i = 0; i < a.rows; i++) {
    const pivot = triangles[i * a.rows + i];
    sign *= Math.sign(pivot);
    log += Math.log(Math.abs(pivot));
  }
  const found = zeroMatrix(1, 2);
  found.data.set([sign, log]);
  return found;
}
