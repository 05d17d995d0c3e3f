import { type Backend, createReferenceBackend, type FusedKernelAttrs, requiredDTypes } from '@dl/kernels';
import { createWasmBackend } from '@dl/kernels-wasm';
import { expect, it } from 'vitest';
import { gradients, isDifferentiable } from '../src/differentiate.ts';
import { evaluate } from '../src/evaluate.ts';
import { records } from '../src/records/index.ts';
import { type SpyBackend, spyOn } from '../src/spy-backend.ts';

/** What runs where every sample is computed and differentiated. */
async function reach(inner: Backend): Promise<SpyBackend> {
  const spy = spyOn(inner);
  const target = { backend: spy.backend, float: 'float32' } as const;
  for (const sample of records.flatMap(({ samples }) => samples)) {
    await evaluate(target, sample.call, sample.inputs);
    if (isDifferentiable(sample)) await gradients(target, sample);
  }
  return spy;
}

it('the records reach every kernel', async () => {
  const { kernels, fused } = await reach(createReferenceBackend());
  expect(Object.keys(requiredDTypes).filter((kernel) => !kernels.has(kernel as keyof typeof requiredDTypes))).toEqual([]);
  expect(fused).toEqual(new Set());
});

/** Steps and layers are no ops: the tests of `@dl/optim` and `@dl/layers` run these. */
type NotAnOp = 'adamStep' | 'sgdStep' | 'lstm' | 'lstmGrad';
/** Those that the WASM backend does not have. */
type Elsewhere = 'maxPool2dGrad';
const fusedOps: { readonly [K in Exclude<keyof FusedKernelAttrs, NotAnOp | Elsewhere>]: true } = {
  softmax: true,
  softmaxGrad: true,
  logSoftmax: true,
  logSoftmaxGrad: true,
  softmaxCrossEntropy: true,
  softmaxCrossEntropyGrad: true,
  reluGrad: true,
  scaleShift: true,
  batchNorm: true,
  batchNormGrad: true,
  layerNorm: true,
  layerNormGrad: true,
  lstmCell: true,
  lstmCellGrad: true,
};

it('the records reach every fused kernel where there are some', async () => {
  const { fused } = await reach(createWasmBackend());
  expect([...fused].sort()).toEqual(Object.keys(fusedOps).sort());
});
