import { jvp } from '@dl/autograd';
import type { HostTensor } from '@dl/kernels';
import { assertClose } from '../compare.ts';
import { gradients } from '../differentiate.ts';
import { compute, evaluate, outputsOf } from '../evaluate.ts';
import type { SampleInput } from '../record.ts';
import { centralDifference } from './central-difference.ts';
import { type Direction, randomDirection } from './direction.ts';
import { assertInnerProduct, weightedTotal } from './inner-product.ts';
import { along, directionTensors, moving, type Problem } from './problem.ts';

/** Compares the tangents of all outputs, element by element, with the central difference along the same direction. */
export async function checkTangents(problem: Problem): Promise<void> {
  const { oracle, sample, sources } = problem;
  const direction = randomDirection(sample.inputs, sources, 2);
  const outputs = async (at: readonly SampleInput[]): Promise<number[]> =>
    (await evaluate(oracle, sample.call, at)).flatMap(({ data }) => [...data]);
  const numeric = await centralDifference(outputs, sample.inputs, direction);
  let offset = 0;
  for (const [k, tangent] of (await tangents(problem, direction)).entries()) {
    const data = Float64Array.from(numeric.slice(offset, offset + tangent.data.length));
    assertClose(`tangent of output ${k}`, tangent, { shape: tangent.shape, dtype: 'float64', data }, 1e-6);
    offset += tangent.data.length;
  }
}

/** Compares both modes: $\langle J^\top c, v \rangle = \langle c, J v \rangle$. */
export async function checkAdjoint(problem: Problem): Promise<void> {
  const direction = randomDirection(problem.sample.inputs, problem.sources, 3);
  const reverse = await gradients(problem.oracle, problem.sample);
  const forward = weightedTotal(await tangents(problem, direction));
  assertInnerProduct('⟨vjp, v⟩', reverse, along(problem, direction), forward, 1e-9);
}

async function tangents(problem: Problem, direction: Direction): Promise<HostTensor[]> {
  const { oracle, sample } = problem;
  const count = (await evaluate(oracle, sample.call, sample.inputs)).length;
  return compute(oracle, sample.inputs, (xs) => {
    const vs = directionTensors(problem, direction);
    const output = (k: number) => () => outputsOf(sample.call(...xs))[k];
    return Array.from({ length: count }, (_, k) => jvp(output(k), moving(problem, xs), vs).tangent);
  });
}
