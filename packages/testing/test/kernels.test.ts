import { createReferenceBackend, requiredDTypes } from '@dl/kernels';
import { expect, it } from 'vitest';
import { gradients, isDifferentiable } from '../src/differentiate.ts';
import { evaluate } from '../src/evaluate.ts';
import { records } from '../src/records/index.ts';
import { spyOn } from '../src/spy-backend.ts';

it('the records reach every kernel', async () => {
  const { backend, kernels } = spyOn(createReferenceBackend());
  const target = { backend, float: 'float32' } as const;
  for (const sample of records.flatMap(({ samples }) => samples)) {
    await evaluate(target, sample.call, sample.inputs);
    if (isDifferentiable(sample)) await gradients(target, sample);
  }
  expect(Object.keys(requiredDTypes).filter((kernel) => !kernels.has(kernel as keyof typeof requiredDTypes))).toEqual([]);
});
