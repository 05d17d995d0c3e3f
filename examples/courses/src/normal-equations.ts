import { valueAndGrad } from '@dl/autograd';
import { SGD } from '@dl/optim';
import { matmul, Parameter, solve, type Tensor, zeros } from '@dl/tensor';

/** Least squares by the normal equations, $x = (A^\top A)^{-1} A^\top b$. */
export function byNormalEquations(a: Tensor, b: Tensor): Tensor {
  const at = a.transpose();
  return solve(matmul(at, a), matmul(at, b));
}

/** Least squares by gradient descent on $\lVert A x - b \rVert^2 / m$, from zeros. */
export function byDescent(a: Tensor, b: Tensor, steps = 500, lr = 0.1): Tensor {
  const x = new Parameter(zeros([a.shape[1], b.shape[1]], { dtype: a.dtype }));
  const optimizer = new SGD([x], { lr });
  for (let step = 0; step < steps; step++) {
    optimizer.step(valueAndGrad(() => matmul(a, x).sub(b).square().sum().div(a.shape[0]), [x]).grads);
  }
  return x;
}
