import { norm, runScope, stack, type Tensor, tensor, withoutRecording } from '@dl/tensor';

/** Options of {@link totalNorm} and {@link clipGradNorm}. */
export interface TotalNormOptions {
  /** 1, 2 (default) or `Infinity`. */
  readonly normType?: number | undefined;
}

/**
 * The norm of all gradients together, as if they were one vector: $\big\lVert (\lVert g_1 \rVert_p, \lVert g_2 \rVert_p, \dots) \big\rVert_p$.
 * What exploding and vanishing gradients are seen by.
 *
 * @param grads - what `valueAndGrad` returned; it stays as it is
 * @returns a scalar, 0 without gradients
 * @throws {@link ArgumentError} for another `normType`
 * @throws {@link DTypeError} for gradients that are not float
 * @example
 * const grads = new Map([['a', tensor([3])], ['b', tensor([0, 4])]]);
 * await totalNorm(grads).item() // 5
 */
export function totalNorm(grads: ReadonlyMap<unknown, Tensor>, { normType: p = 2 }: TotalNormOptions = {}): Tensor {
  const all = [...grads.values()].filter(({ size }) => size > 0);
  if (all.length === 0) return tensor(0);
  return withoutRecording(() =>
    runScope('totalNorm', () => norm(stack(all.map((grad) => norm(grad, undefined, { p }))), undefined, { p })),
  );
}
