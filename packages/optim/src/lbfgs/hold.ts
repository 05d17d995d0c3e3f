import { keep, runScope, stack, type Tensor, withoutRecording } from '@dl/tensor';

/** Runs ops and keeps the result, which outlives every scope and the next `await`. */
export function hold(fn: () => Tensor): Tensor {
  return withoutRecording(() => runScope('LBFGS.step', () => keep(fn())));
}

/** Computes scalars and reads them back in one go. */
export async function read(fn: () => readonly Tensor[]): Promise<readonly number[]> {
  const scalars = hold(() => stack(fn()));
  const values = Array.from(await scalars.data(), Number);
  scalars.dispose();
  return values;
}
