import { valueAndGrad } from '@dl/autograd';
import { SGD } from '@dl/optim';
import { exp, matmul, Parameter, relu, type Tensor, tensor, zeros } from '@dl/tensor';
import type { Line } from './perceptron-rule.ts';
import type { Place } from './plot.ts';
import type { ToySet } from './toy-sets.ts';

/** How far the nearest point is from a line, negative where one is on the wrong side: the stability of the solution. */
export function margin({ a, b, c }: Omit<Line, 'updates'>, { points, labels }: ToySet): number {
  const away = points.map(([x, y], i) => ((labels[i] === 1 ? 1 : -1) * (a * x + b * y + c)) / Math.hypot(a, b));
  return Math.min(...away);
}

/** The line of optimal stability, as a support vector machine finds it: least $\frac{\lambda}{2} \lVert w \rVert^2$ with hinge losses. */
export async function maxMargin({ points, labels }: ToySet, lambda = 1e-3, steps = 4000): Promise<Omit<Line, 'updates'>> {
  const x = tensor(points.map((place) => [...place, 1]));
  const sides = tensor(labels.map((label) => 2 * label - 1));
  const w = new Parameter(zeros([3]));
  const optimizer = new SGD([w], { lr: 0.5 });
  for (let step = 0; step < steps; step++) {
    optimizer.lr = 0.5 / (1 + 0.01 * step);
    const loss = (): Tensor => {
      const hinge = relu(matmul(x, w).mul(sides).neg().add(1)).mean();
      return hinge.add(
        w
          .slice([[0, 2]])
          .square()
          .sum()
          .mul(lambda / 2),
      );
    };
    optimizer.step(valueAndGrad(loss, [w]).grads);
  }
  const [a, b, c] = Array.from(await w.data(), Number);
  return { a, b, c };
}

/** The similarity $e^{-\gamma \lVert p - q \rVert^2}$ of all pairs: an inner product in a space with a coordinate for every place. */
function similarities(points: readonly Place[], others: readonly Place[], gamma = 8): Tensor {
  const column = (of: readonly Place[], axis: 0 | 1): Tensor => tensor(of.map((place) => [place[axis]]));
  const apart = (axis: 0 | 1): Tensor => column(points, axis).sub(column(others, axis).transpose()).square();
  return exp(apart(0).add(apart(1)).mul(-gamma));
}

/**
 * The perceptron rule where examples are seen by their similarities only, the kernel trick: the line it finds is one in another space.
 *
 * @returns how often each example was wrong, and the classes it then gives to other points
 */
export async function kernelPerceptron(
  { points, labels }: ToySet,
  rounds = 50,
): Promise<{ mistakes: readonly number[]; classify: (others: readonly Place[]) => Promise<number[]> }> {
  const kernel = Array.from(await similarities(points, points).data(), Number);
  const side = (i: number): number => (labels[i] === 1 ? 1 : -1);
  const mistakes = points.map(() => 0);
  for (let round = 0, wrong = true; wrong && round < rounds; round++) {
    wrong = false;
    for (const i of points.keys()) {
      const score = mistakes.reduce((sum, count, j) => sum + count * side(j) * kernel[i * points.length + j], 0);
      if (score * side(i) > 0) continue;
      mistakes[i]++;
      wrong = true;
    }
  }
  const classify = async (others: readonly Place[]): Promise<number[]> => {
    const scores = matmul(similarities(others, points), tensor(mistakes.map((count, j) => count * side(j))));
    return Array.from(await scores.data(), (score) => (score > 0 ? 1 : 0));
  };
  return { mistakes, classify };
}
