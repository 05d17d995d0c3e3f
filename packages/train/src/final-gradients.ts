import type { Parameter, Tensor } from '@dl/tensor';
import type { Callback, GradientsEvent } from './callbacks/callback.ts';
import { free } from './gradient-mean.ts';

/** The gradients that a step takes, when all callbacks have had their way with them. Where one fails they are freed. */
export function finalGradients(
  callbacks: readonly Callback[],
  { grads: first, ...event }: Omit<GradientsEvent, 'replace'>,
): ReadonlyMap<Parameter, Tensor> {
  let grads = first;
  const replace: GradientsEvent['replace'] = (others) => {
    grads = others;
  };
  try {
    for (const callback of callbacks) callback.onGradients?.({ ...event, grads, replace });
    return grads;
  } catch (error) {
    free(grads);
    throw error;
  }
}
