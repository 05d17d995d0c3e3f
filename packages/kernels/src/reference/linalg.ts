import { factorEach } from '../linalg/factor.ts';
import { solveEach } from '../linalg/solve.ts';
import { sizeOf } from '../shape.ts';
import type { Kernel } from './view.ts';

export const factor: Kernel<'factor'> = ([x], { fn }, out) => {
  const [m, n] = x.shape.slice(-2);
  out.data.set(factorEach(fn, Float64Array.from(x.data), m, n, sizeOf(x.shape.slice(0, -2))));
};

export const solve: Kernel<'solve'> = ([a, b], attrs, out) => {
  const [n, m] = b.shape.slice(-2);
  out.data.set(solveEach(Float64Array.from(a.data), Float64Array.from(b.data), n, m, sizeOf(b.shape.slice(0, -2)), attrs));
};
