import { type HostTensor, isFloat } from '@dl/kernels';
import { it } from 'vitest';
import { assertClose } from '../compare.ts';
import { differentiableInputs, gradients } from '../differentiate.ts';
import { evaluate } from '../evaluate.ts';
import { fingerprint } from '../golden/fingerprint.ts';
import { type Golden, type GoldenOutput, type GoldenSample, goldenNumbers, goldenTensor } from '../golden/golden.ts';
import type { OpRecord, OpSample } from '../record.ts';
import type { Target } from '../target.ts';
import { toleranceFor } from '../tolerance.ts';
import { describeEachSample } from './each-sample.ts';

const command = 'run /usr/bin/python3 packages/testing/scripts/golden.py';

/** Gives the golden values of an op, or undefined where there are none. */
export type GoldenReader = (op: string) => Golden | undefined;

/** Compares outputs and gradients with what PyTorch computed in float64. */
export function describeGolden(target: Target, records: readonly OpRecord[], read: GoldenReader): void {
  describeEachSample(records, isAnswered, (sample, record) => {
    it(`matches PyTorch in ${target.float}`, () => checkSample(target, record, sample, read(record.name)));
  });
}

function isAnswered({ torch }: OpSample): boolean {
  return torch !== undefined;
}

async function checkSample(target: Target, record: OpRecord, sample: OpSample, golden: Golden | undefined): Promise<void> {
  const expected = current(sample, golden);
  const outputs = await evaluate(target, sample.call, sample.inputs);
  if (outputs.length !== expected.outputs.length) {
    throw new Error(`there must be ${expected.outputs.length} outputs, got ${outputs.length}`);
  }
  for (const [k, output] of outputs.entries()) {
    assertKind(`output ${k}`, output, expected.outputs[k]);
    assertClose(`output ${k}`, output, goldenTensor(expected.outputs[k]), toleranceFor(output, record, 'value'));
  }
  if (expected.gradients.length === 0) return;
  const sources = differentiableInputs(sample);
  for (const [k, gradient] of (await gradients(target, sample)).entries()) {
    const { shape } = sample.inputs[sources[k]];
    const data = goldenNumbers(expected.gradients[k]);
    const tolerance = toleranceFor(gradient, record, 'gradient');
    assertClose(`gradient by input ${sources[k]}`, gradient, { shape, dtype: 'float64', data }, tolerance);
  }
}

/** The golden values of a sample, if they are there and were computed from what the record says now. */
function current(sample: OpSample, golden: Golden | undefined): GoldenSample {
  const found = golden?.samples[sample.name];
  if (found === undefined) throw new Error(`there must be golden values, got none: ${command}`);
  if (found.hash !== fingerprint(sample))
    throw new Error(`golden values must be of this sample, got those of an older one: ${command}`);
  return found;
}

function assertKind(what: string, { dtype }: HostTensor, { kind }: GoldenOutput): void {
  const own = isFloat(dtype) ? 'float' : dtype === 'bool' ? 'bool' : 'int';
  if (own !== kind) throw new Error(`${what} must be ${kind} as in PyTorch, got ${dtype}`);
}
