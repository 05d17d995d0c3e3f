import { clipGradNorm, clipGradValue } from '@dl/optim';
import type { Callback } from './callback.ts';

/** How {@link clipGradients} clips. */
export type ClipGradientsOptions =
  /** The most that the norm of all gradients together may be. */
  | { readonly maxNorm: number; readonly normType?: number | undefined }
  /** The most that any element may be, by its magnitude. */
  | { readonly maxValue: number };

/**
 * Clips the gradients of each step, by `clipGradNorm` or `clipGradValue` of `@dl/optim`. Accumulated gradients are clipped once, as a whole.
 *
 * @throws {@link ArgumentError} at the first step, for a negative bound
 * @example
 * const callbacks = [clipGradients({ maxNorm: 1 })];
 * @see Pascanu, Mikolov & Bengio, On the difficulty of training recurrent neural networks, 2013
 */
export function clipGradients(options: ClipGradientsOptions): Callback {
  return {
    onGradients({ grads, replace }) {
      replace('maxNorm' in options ? clipGradNorm(grads, options.maxNorm, options) : clipGradValue(grads, options.maxValue));
    },
  };
}
