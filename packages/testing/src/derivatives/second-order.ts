import { jvp, valueAndGrad } from '@dl/autograd';
import type { HostTensor } from '@dl/kernels';
import { add, mul, sum, type Tensor } from '@dl/tensor';
import { gradients, weightedGradients } from '../differentiate.ts';
import { compute } from '../evaluate.ts';
import type { SampleInput } from '../record.ts';
import { centralDifference } from './central-difference.ts';
import { type Direction, randomDirection } from './direction.ts';
import { assertInnerProduct, innerProduct } from './inner-product.ts';
import { along, directionTensors, moving, type Problem } from './problem.ts';

/** Compares the gradient of $\langle \nabla f, u \rangle$ with central differences of the gradient. */
export async function checkSecondOrder(problem: Problem): Promise<void> {
  const { oracle, sample, sources } = problem;
  const direction = randomDirection(sample.inputs, sources, 4);
  const weights = randomDirection(sample.inputs, sources, 5);
  const projected = async (inputs: readonly SampleInput[]): Promise<number[]> => [
    innerProduct(await gradients(oracle, { ...sample, inputs }), along(problem, weights)),
  ];
  const [numeric] = await centralDifference(projected, sample.inputs, direction);
  assertInnerProduct('⟨vjp of vjp, v⟩', await secondGradients(problem, weights), along(problem, direction), numeric, 1e-6);
}

/** Compares the gradient of $\langle \nabla f, u \rangle$ with its directional derivative by forward mode. */
export async function checkForwardOverReverse(problem: Problem): Promise<void> {
  const { oracle, sample, sources } = problem;
  const direction = randomDirection(sample.inputs, sources, 6);
  const weights = randomDirection(sample.inputs, sources, 7);
  const [forward] = await compute(oracle, sample.inputs, (xs) => {
    const { tangent } = jvp(projection(problem, xs, weights), moving(problem, xs), directionTensors(problem, direction));
    return [tangent];
  });
  const reverse = await secondGradients(problem, weights);
  assertInnerProduct('⟨vjp of vjp, v⟩', reverse, along(problem, direction), forward.data[0], 1e-9);
}

function secondGradients(problem: Problem, weights: Direction): Promise<HostTensor[]> {
  return compute(problem.oracle, problem.sample.inputs, (xs) => {
    const by = moving(problem, xs);
    const { grads } = valueAndGrad(projection(problem, xs, weights), by);
    return by.map((x) => grads.get(x)!);
  });
}

/** $\langle \nabla f, u \rangle$ as a function made of ops. */
function projection(problem: Problem, xs: readonly Tensor[], weights: Direction): () => Tensor {
  const us = directionTensors(problem, weights);
  return () =>
    weightedGradients(problem.sample.call, xs, moving(problem, xs))
      .map((gradient, k) => sum(mul(gradient, us[k])))
      .reduce((total, term) => add(total, term));
}
