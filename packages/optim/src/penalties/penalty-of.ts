import { ArgumentError } from '@dl/kernels';
import { add, mul, sum, type Tensor } from '@dl/tensor';
import { checkNotNegative } from '../check-hyper.ts';

/** What a penalty adds up, and what it multiplies the sum by at $\lambda = 1$. */
export interface PenaltyTerm {
  readonly of: (x: Tensor) => Tensor;
  readonly scale: number;
}

/** $\lambda$ times the scaled sum of the terms of all parameters. */
export function penaltyOf(op: string, params: Iterable<Tensor>, lambda: number, { of, scale }: PenaltyTerm): Tensor {
  checkNotNegative(op, 'lambda', lambda);
  const terms = [...params].map((parameter) => sum(of(parameter)));
  if (terms.length === 0) throw new ArgumentError(op, 'there must be parameters to penalise, got none');
  return mul(
    terms.reduce((total, term) => add(total, term)),
    lambda * scale,
  );
}
