import { ArgumentError } from '@dl/kernels';
import { add, mul, sum, type Tensor } from '@dl/tensor';
import { checkNotNegative } from '../check-hyper.ts';

/** $\lambda \sum_i r(\theta_i)$ over all parameters. */
export function penaltyOf(op: string, params: Iterable<Tensor>, lambda: number, r: (x: Tensor) => Tensor): Tensor {
  checkNotNegative(op, 'lambda', lambda);
  const terms = [...params].map((parameter) => sum(r(parameter)));
  if (terms.length === 0) throw new ArgumentError(op, 'there must be parameters to penalise, got none');
  return mul(
    terms.reduce((total, term) => add(total, term)),
    lambda,
  );
}
