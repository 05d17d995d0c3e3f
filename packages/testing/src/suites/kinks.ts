import { valueAndGrad } from '@dl/autograd';
import { sum } from '@dl/tensor';
import { describe, it } from 'vitest';
import { assertEqual } from '../compare.ts';
import { differentiableInputs } from '../differentiate.ts';
import { compute } from '../evaluate.ts';
import type { OpKink, OpRecord } from '../record.ts';
import type { Target } from '../target.ts';

/** Checks the gradients that ops promise where the derivative is a convention, to the bit. */
export function describeKinks(target: Target, records: readonly OpRecord[]): void {
  for (const { name, kinks = [] } of records) {
    if (kinks.length === 0) continue;
    describe(name, () => {
      for (const kink of kinks) it(`${kink.name}: the gradient is the promised one`, () => checkKink(target, kink));
    });
  }
}

async function checkKink(target: Target, { inputs, call, gradients }: OpKink): Promise<void> {
  const sources = differentiableInputs({ inputs });
  const found = await compute(target, inputs, (xs) => {
    const moving = sources.map((source) => xs[source]);
    const { grads } = valueAndGrad(() => sum(call(...xs)), moving);
    return moving.map((x) => grads.get(x)!);
  });
  for (const [k, gradient] of found.entries()) {
    const source = sources[k];
    const data = Float64Array.from(gradients[source]);
    assertEqual(`gradient by input ${source}`, gradient, { shape: inputs[source].shape, dtype: 'float64', data });
  }
}
