import { keep, runScope, type Tensor, withoutRecording } from '@dl/tensor';

/** What `fn` computes, to be disposed by the caller; the rest of what it makes is freed, and no tape sees any of it. */
export function measure(fn: () => Tensor): Tensor {
  return withoutRecording(() => keep(runScope('tracer', fn)));
}
