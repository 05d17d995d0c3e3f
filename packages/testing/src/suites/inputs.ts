import { createTypedArray, type HostTensor, sizeOf } from '@dl/kernels';
import { it } from 'vitest';
import { assertClose, assertEqual } from '../compare.ts';
import { differentiableInputs, gradients } from '../differentiate.ts';
import { evaluate } from '../evaluate.ts';
import { baseOf, type InputView, inputViews, seenThrough } from '../input-view.ts';
import type { OpRecord, OpSample } from '../record.ts';
import type { Target } from '../target.ts';
import { toleranceFor } from '../tolerance.ts';
import { describeEachSample } from './each-sample.ts';

/** Checks that an op does not care where its inputs come from: views of other tensors, or the same tensor twice. */
export function describeInputs(target: Target, records: readonly OpRecord[]): void {
  describeEachSample(records, takesInputs, (sample, record) => {
    it('takes views as inputs', () => checkViews(target, record, sample));
    const pair = alikeInputs(sample);
    if (pair !== undefined) it('takes one tensor twice', () => checkTwice(target, record, sample, pair));
  });
}

async function checkViews(target: Target, record: OpRecord, sample: OpSample): Promise<void> {
  for (const [name, viewOf] of Object.entries(inputViews)) {
    if (name === 'expanded' && sample.repeats === false) continue;
    const views = sample.inputs.map(({ shape }) => viewOf(shape));
    if (views.some((view) => view !== undefined)) await checkView(target, record, sample, name, views);
  }
}

async function checkView(
  target: Target,
  record: OpRecord,
  sample: OpSample,
  name: string,
  views: readonly (InputView | undefined)[],
): Promise<void> {
  const plain: OpSample = {
    ...sample,
    inputs: sample.inputs.map((input, i) => (views[i] ? seenThrough(input, views[i]) : input)),
  };
  const viewed: OpSample = {
    ...sample,
    inputs: sample.inputs.map((input, i) => (views[i] ? baseOf(input, views[i]) : input)),
    call: (...bases) => sample.call(...bases.map((base, i) => views[i]?.view(base) ?? base)),
  };
  await assertSameOutputs(`of ${name} inputs`, target, viewed, plain);
  const sources = differentiableInputs(sample);
  if (sources.length === 0) return;
  const expected = await gradients(target, plain);
  for (const [k, gradient] of (await gradients(target, viewed)).entries()) {
    const view = views[sources[k]];
    const through = view === undefined ? expected[k] : pulledBack(expected[k], view);
    const what = `gradient by the base of the ${name} input ${sources[k]}`;
    assertClose(what, gradient, through, toleranceFor(gradient, record, 'gradient'));
  }
}

async function checkTwice(
  target: Target,
  record: OpRecord,
  sample: OpSample,
  [first, second]: readonly [number, number],
): Promise<void> {
  const inputs = sample.inputs.map((input, i) => (i === second ? sample.inputs[first] : input));
  const apart: OpSample = { ...sample, inputs };
  const shared: OpSample = { ...apart, call: (...xs) => sample.call(...xs.map((x, i) => (i === second ? xs[first] : x))) };
  await assertSameOutputs('of one tensor twice', target, shared, apart);
  const sources = differentiableInputs(sample);
  if (!sources.includes(first) || !sources.includes(second)) return;
  const expected = await gradients(target, apart);
  const [a, b] = [expected[sources.indexOf(first)], expected[sources.indexOf(second)]];
  const total = { ...a, data: a.data.map((value, i) => value + b.data[i]) };
  const [gradient] = await gradients(target, { ...shared, differentiable: [first] });
  assertClose('gradient by the shared tensor', gradient, total, toleranceFor(gradient, record, 'gradient'));
}

async function assertSameOutputs(what: string, target: Target, a: OpSample, b: OpSample): Promise<void> {
  const expected = await evaluate(target, b.call, b.inputs);
  for (const [k, output] of (await evaluate(target, a.call, a.inputs)).entries()) {
    assertEqual(`output ${k} ${what}`, output, expected[k]);
  }
}

/** The gradient by the base of a view: zero where nothing is shown, the sum where an element is shown several times. */
function pulledBack(gradient: HostTensor, { base, positions }: InputView): HostTensor {
  const data = createTypedArray(gradient.dtype, sizeOf(base));
  positions.forEach((position, i) => {
    data[position] += gradient.data[i];
  });
  return { shape: base, dtype: gradient.dtype, data };
}

function takesInputs({ inputs }: OpSample): boolean {
  return inputs.length > 0;
}

/** The first two float inputs of one shape. */
function alikeInputs({ inputs }: OpSample): readonly [number, number] | undefined {
  for (let i = 0; i < inputs.length; i++) {
    const j = inputs.findIndex(
      (other, k) => k > i && other.dtype === 'float' && inputs[i].dtype === 'float' && `${other.shape}` === `${inputs[i].shape}`,
    );
    if (j >= 0) return [i, j];
  }
  return undefined;
}
