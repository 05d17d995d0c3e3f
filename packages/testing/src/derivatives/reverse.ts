import { assertClose } from '../compare.ts';
import { gradients } from '../differentiate.ts';
import { evaluate } from '../evaluate.ts';
import type { SampleInput } from '../record.ts';
import { centralDifference } from './central-difference.ts';
import { randomDirection, unitDirection } from './direction.ts';
import { assertInnerProduct, weightedTotal } from './inner-product.ts';
import type { Problem } from './problem.ts';

const tolerance = 1e-6;
const elementLimit = 64;

/** Compares the gradient with central differences by every element of every input; by a random direction where there are many. */
export async function checkGradient({ oracle, sample, sources }: Problem): Promise<void> {
  const analytic = await gradients(oracle, sample);
  const { inputs } = sample;
  const total = async (at: readonly SampleInput[]): Promise<number[]> => [weightedTotal(await evaluate(oracle, sample.call, at))];
  for (const [k, source] of sources.entries()) {
    const { shape, values } = inputs[source];
    if (values.length > elementLimit) {
      const direction = randomDirection(inputs, [source], 1);
      const [numeric] = await centralDifference(total, inputs, direction);
      assertInnerProduct(`⟨gradient by input ${source}, v⟩`, [analytic[k]], [direction[source]!], numeric, tolerance);
      continue;
    }
    const data = new Float64Array(values.length);
    for (let i = 0; i < data.length; i++) [data[i]] = await centralDifference(total, inputs, unitDirection(inputs, source, i));
    assertClose(`gradient by input ${source}`, analytic[k], { shape, dtype: 'float64', data }, tolerance);
  }
}
