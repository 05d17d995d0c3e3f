import { formatShape, ShapeError } from '@dl/kernels';
import { add, maskedFill, matmul, mul, type Rng, softmax, type Tensor } from '@dl/tensor';
import { dropout } from './dropout.ts';

/** Options of {@link scaledDotProductAttention}. */
export interface AttentionOptions {
  /** Broadcasts to `[..., l, s]`: bool, true where a query must not look; or float, added to the scores. */
  readonly mask?: Tensor | undefined;
  /** The share of weights that become 0 while training. Default 0. */
  readonly dropout?: number | undefined;
  /** What scores are multiplied by. Default $1 / \sqrt{e}$. */
  readonly scale?: number | undefined;
  /** Where dropout draws from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/** What {@link scaledDotProductAttention} makes. */
export interface AttentionResult {
  /** `[..., l, v]`. */
  readonly output: Tensor;
  /** `[..., l, s]`: how much each query takes of each value, before dropout; rows sum to 1. */
  readonly weights: Tensor;
}

/**
 * Attention, $\operatorname{softmax}(s \, Q K^\top + M) V$: every query takes a mean of the values, weighted by how well it fits their keys.
 *
 * @param query - `[..., l, e]`
 * @param key - `[..., s, e]`
 * @param value - `[..., s, v]`
 * @throws {@link ShapeError} when widths or the number of keys and values differ, or leading axes or the mask do not broadcast
 * @throws {@link DTypeError} unless all have one float dtype
 * @example
 * const x = tensor([[1, 0], [0, 1]]);
 * const { output } = scaledDotProductAttention(x, mul(x, 1000), x);
 * await output.array() // [[1, 0], [0, 1]]
 * @see Vaswani et al., Attention is all you need, 2017
 */
export function scaledDotProductAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  { mask, dropout: p = 0, scale, rng }: AttentionOptions = {},
): AttentionResult {
  if (query.rank < 2 || key.rank < 2 || value.rank < 2 || key.shape[key.rank - 2] !== value.shape[value.rank - 2]) {
    throw new ShapeError(
      'scaledDotProductAttention',
      `key and value must be [..., s, e] and [..., s, v], got ${formatShape(key.shape)} and ${formatShape(value.shape)} (query ${formatShape(query.shape)})`,
    );
  }
  const width = query.shape[query.rank - 1];
  const scores = matmul(mul(query, scale ?? 1 / Math.sqrt(width)), key, { transposeB: true });
  const weights = softmax(masked(scores, mask), -1);
  return { output: matmul(p > 0 ? dropout(weights, { p, rng }) : weights, value), weights };
}

function masked(scores: Tensor, mask: Tensor | undefined): Tensor {
  if (mask === undefined) return scores;
  return mask.dtype === 'bool' ? maskedFill(scores, mask, Number.NEGATIVE_INFINITY) : add(scores, mask);
}
