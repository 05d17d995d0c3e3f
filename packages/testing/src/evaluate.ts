import type { HostTensor } from '@dl/kernels';
import { type Tensor, tidy, useBackend } from '@dl/tensor';
import type { OpAsyncSample, OpSample, SampleInput } from './record.ts';
import { type Target, upload } from './target.ts';
import { tripwire } from './tripwire.ts';

/** The `call` of a sample: an op with its attributes. */
export type Call = OpSample['call'];

/** The outputs of a call, however many. */
export function outputsOf(result: Tensor | readonly Tensor[]): readonly Tensor[] {
  return Array.isArray(result) ? result : [result as Tensor];
}

/** Runs a call on fresh inputs on `target`, and reads what it returns. Nothing is left on the backend. */
export async function evaluate(target: Target, call: Call, inputs: readonly SampleInput[]): Promise<HostTensor[]> {
  return compute(target, inputs, (xs) => outputsOf(call(...xs)));
}

/** Runs `fn` on fresh inputs on `target` in a scope, reads the tensors that it returns and frees them. */
export async function compute(
  target: Target,
  inputs: readonly SampleInput[],
  fn: (xs: readonly Tensor[]) => readonly Tensor[],
): Promise<HostTensor[]> {
  await chooseBackend(target, inputs);
  const tensors = tidy(() => fn(inputs.map((input) => upload(target, input))));
  try {
    return await Promise.all(tensors.map((tensor) => download(target, tensor)));
  } finally {
    for (const tensor of tensors) tensor.dispose();
  }
}

/** As {@link evaluate}, of an asynchronous call, which must free what it makes on the way. */
export async function evaluateAsync(
  target: Target,
  call: OpAsyncSample['call'],
  inputs: readonly SampleInput[],
): Promise<HostTensor> {
  await chooseBackend(target, inputs);
  const xs = inputs.map((input) => upload(target, input));
  try {
    const output = await call(...xs);
    xs.push(output);
    return await download(target, output);
  } finally {
    for (const x of xs) x.dispose();
  }
}

/** Makes `target` the current backend for an op that creates from nothing; the others have no business there. */
export async function chooseBackend({ backend }: Target, inputs: readonly SampleInput[]): Promise<void> {
  await useBackend(inputs.length === 0 ? backend : tripwire);
}

async function download({ backend }: Target, tensor: Tensor): Promise<HostTensor> {
  if (tensor.backend !== backend) throw new Error(`outputs must be on ${backend.name}, got one on ${tensor.backend.name}`);
  return { shape: tensor.shape, dtype: tensor.dtype, data: await tensor.data() };
}
