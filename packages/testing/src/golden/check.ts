import { formatShape, type HostTensor, isFloat, sameShape } from '@dl/kernels';
import { assertClose } from '../compare.ts';
import type { OpRecord } from '../record.ts';
import { toleranceFor } from '../tolerance.ts';
import { fingerprint, type GoldenSubject } from './fingerprint.ts';
import { type Golden, type GoldenOutput, type GoldenSample, goldenElements, goldenTensor } from './golden.ts';

const command = 'run python3 packages/testing/scripts/golden.py, with a Python that has PyTorch';

/**
 * The golden values of a sample.
 *
 * @throws Error when there are none, or they were computed from something else than the record says now
 */
export function currentGolden(sample: GoldenSubject, golden: Golden | undefined): GoldenSample {
  const found = golden?.samples[sample.name];
  if (found === undefined) throw new Error(`there must be golden values, got none: ${command}`);
  if (found.hash === fingerprint(sample)) return found;
  throw new Error(`golden values must be of this sample, got those of an older one: ${command}`);
}

/** Refuses outputs that are not PyTorch's. */
export function assertGoldenOutputs(record: OpRecord, outputs: readonly HostTensor[], golden: GoldenSample): void {
  if (outputs.length !== golden.outputs.length) {
    throw new Error(`there must be ${golden.outputs.length} outputs as in PyTorch, got ${outputs.length}`);
  }
  for (const [k, output] of outputs.entries()) {
    assertSpec(`output ${k}`, output, golden.outputs[k]);
    const expected = goldenTensor(golden.outputs[k].values);
    assertClose(`output ${k}, against PyTorch,`, goldenElements(output), expected, toleranceFor(output, record, 'value'));
  }
}

/** Refuses gradients that are not PyTorch's. */
export function assertGoldenGradients(record: OpRecord, gradients: readonly HostTensor[], golden: GoldenSample): void {
  for (const [k, gradient] of gradients.entries()) {
    const expected = goldenTensor(golden.gradients[k]);
    const tolerance = toleranceFor(gradient, record, 'gradient');
    assertClose(`gradient ${k}, against PyTorch,`, goldenElements(gradient), expected, tolerance);
  }
}

function assertSpec(what: string, { shape, dtype }: HostTensor, golden: GoldenOutput): void {
  const kind = isFloat(dtype) ? 'float' : dtype === 'bool' ? 'bool' : 'int';
  if (kind !== golden.kind) throw new Error(`${what} must be ${golden.kind} as in PyTorch, got ${dtype}`);
  if (!sameShape(shape, golden.shape)) {
    throw new Error(`${what} must have shape ${formatShape(golden.shape)} as in PyTorch, got ${formatShape(shape)}`);
  }
}
