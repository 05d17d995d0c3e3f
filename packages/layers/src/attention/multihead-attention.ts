import { ArgumentError, formatShape, ShapeError } from '@dl/kernels';
import {
  add,
  linear,
  logicalOr,
  mean,
  Parameter,
  permute,
  type Rng,
  reshape,
  slice,
  squeeze,
  type Tensor,
  transpose,
  unsqueeze,
  where,
  zeros,
} from '@dl/tensor';
import { scaledDotProductAttention } from '../functional/scaled-dot-product-attention.ts';
import { xavierUniform } from '../init/xavier-uniform.ts';
import { checkCount } from '../layers/check-count.ts';
import { Linear } from '../layers/linear.ts';
import type { ForwardOptions } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/** Options of {@link MultiheadAttention}. */
export interface MultiheadAttentionOptions {
  /** The share of attention weights that become 0 while training. Default 0. */
  readonly dropout?: number | undefined;
  /** Whether projections have biases. Default `true`. */
  readonly bias?: boolean | undefined;
  /** Width of the keys. Default `embedDim`. */
  readonly kdim?: number | undefined;
  /** Width of the values. Default `embedDim`. */
  readonly vdim?: number | undefined;
  /** Whether sequences are `[n, l, e]` instead of `[l, n, e]`. Default `false`. */
  readonly batchFirst?: boolean | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/** How a {@link MultiheadAttention} is run. */
export interface AttentionForwardOptions extends ForwardOptions {
  /** `[l, s]` or `[n * numHeads, l, s]`: bool, true where a query must not look; or float, added to the scores. */
  readonly attnMask?: Tensor | undefined;
  /** `[n, s]`, bool: true for keys that are padding. */
  readonly keyPaddingMask?: Tensor | undefined;
  /** Whether weights are the mean over the heads instead of one matrix a head. Default `true`. */
  readonly averageAttnWeights?: boolean | undefined;
}

/** What a {@link MultiheadAttention} returns. */
export interface MultiheadAttentionOutput {
  /** Laid out as the query. */
  readonly output: Tensor;
  /** `[n, l, s]`, or `[n, numHeads, l, s]`; without `n` where the query has no batch. */
  readonly weights: Tensor;
}

/**
 * Attention in several heads: each projects queries, keys and values to a share of the width, attends, and what all found is projected
 * once more.
 *
 * Names in state dicts (`in_proj_weight`, `out_proj.bias`; `q_proj_weight` … where widths differ) and first weights, Glorot's uniform ones
 * and no biases, are PyTorch's.
 *
 * @example
 * const layer = new MultiheadAttention(8, 2, { batchFirst: true });
 * const x = ones([4, 5, 8]);
 * const { output, weights } = layer.forward(x, x, x);
 * output.shape // [4, 5, 8]
 * weights.shape // [4, 5, 5]
 * @see Vaswani et al., Attention is all you need, 2017
 */
export class MultiheadAttention extends Module {
  /** `[3 * embedDim, embedDim]`: of queries, keys and values; undefined where their widths differ. */
  readonly inProjWeight: Parameter | undefined;
  /** `[embedDim, embedDim]`, where widths differ. */
  readonly qProjWeight: Parameter | undefined;
  /** `[embedDim, kdim]`, where widths differ. */
  readonly kProjWeight: Parameter | undefined;
  /** `[embedDim, vdim]`, where widths differ. */
  readonly vProjWeight: Parameter | undefined;
  /** `[3 * embedDim]`. */
  readonly inProjBias: Parameter | undefined;
  /** Of what the heads found. */
  readonly outProj: Linear;
  readonly #width: number;
  readonly #heads: number;
  readonly #dropout: number;
  readonly #batchFirst: boolean;

  /** @throws {@link ArgumentError} unless counts are positive integers, heads divide the width and `dropout` is in [0, 1] */
  constructor(embedDim: number, numHeads: number, options: MultiheadAttentionOptions = {}) {
    super();
    const { dropout = 0, bias = true, kdim = embedDim, vdim = embedDim, batchFirst = false, rng } = options;
    for (const [name, count] of Object.entries({ embedDim, numHeads, kdim, vdim })) checkCount('MultiheadAttention', name, count);
    if (embedDim % numHeads !== 0) {
      throw new ArgumentError('MultiheadAttention', `numHeads must divide embedDim, got ${numHeads} for ${embedDim}`);
    }
    if (!(dropout >= 0 && dropout <= 1))
      throw new ArgumentError('MultiheadAttention', `dropout must be in [0, 1], got ${dropout}`);
    const projection = (rows: number, columns: number): Parameter => new Parameter(xavierUniform([rows, columns], { rng }));
    if (kdim === embedDim && vdim === embedDim) {
      this.inProjWeight = projection(3 * embedDim, embedDim);
    } else {
      this.qProjWeight = projection(embedDim, embedDim);
      this.kProjWeight = projection(embedDim, kdim);
      this.vProjWeight = projection(embedDim, vdim);
    }
    this.inProjBias = bias ? new Parameter(zeros([3 * embedDim])) : undefined;
    this.outProj = new Linear(embedDim, embedDim, { bias, rng });
    this.outProj.bias?.assign(zeros([embedDim]));
    this.#width = embedDim;
    this.#heads = numHeads;
    this.#dropout = dropout;
    this.#batchFirst = batchFirst;
  }

  /**
   * @param query - `[l, n, embedDim]`, `[n, l, embedDim]` with `batchFirst`, or `[l, embedDim]` without a batch
   * @param key - `[s, n, kdim]`, laid out as the query
   * @param value - `[s, n, vdim]`, laid out as the query
   * @throws {@link ShapeError} when ranks, widths, batches or masks do not fit
   */
  override forward(query: Tensor, key: Tensor, value: Tensor, options: AttentionForwardOptions = {}): MultiheadAttentionOutput {
    const { training = false, rng, averageAttnWeights = true } = options;
    this.#check(query, key, value);
    const hasBatch = query.rank === 3;
    const [q, k, v] = this.#project([query, key, value].map((x) => this.#batchOutside(x)));
    const mask = this.#mask(options, q.shape[0]);
    const attended = scaledDotProductAttention(q, k, v, { mask, dropout: training ? this.#dropout : 0, rng });
    const [n, , l] = q.shape;
    const joined = reshape(permute(attended.output, [0, 2, 1, 3]), [n, l, this.#width]);
    const output = this.outProj.forward(joined);
    const weights = averageAttnWeights ? mean(attended.weights, 1) : attended.weights;
    if (!hasBatch) return { output: squeeze(output, 0), weights: squeeze(weights, 0) };
    return { output: this.#batchFirst ? output : transpose(output, 0, 1), weights };
  }

  /** `[n, l, e]` of a sequence in any layout. */
  #batchOutside(x: Tensor): Tensor {
    if (x.rank === 2) return unsqueeze(x, 0);
    return this.#batchFirst ? x : transpose(x, 0, 1);
  }

  /** `[n, heads, l, e / heads]` of queries, keys and values. */
  #project(inputs: readonly Tensor[]): Tensor[] {
    return inputs.map((x, i) => {
      const part = (whole: Parameter): Tensor => slice(whole, [[i * this.#width, (i + 1) * this.#width]]);
      const own = [this.qProjWeight, this.kProjWeight, this.vProjWeight][i];
      const weight = own ?? (this.inProjWeight && part(this.inProjWeight));
      if (weight === undefined) throw new Error('an attention has projections of one kind or the other');
      const y = linear(x, weight, this.inProjBias && part(this.inProjBias));
      const [n, l] = y.shape;
      return permute(reshape(y, [n, l, this.#heads, this.#width / this.#heads]), [0, 2, 1, 3]);
    });
  }

  /** Both masks as one that broadcasts to `[n, heads, l, s]`. */
  #mask({ attnMask, keyPaddingMask }: AttentionForwardOptions, n: number): Tensor | undefined {
    const attention = attnMask?.rank === 3 ? reshape(attnMask, [n, this.#heads, attnMask.shape[1], attnMask.shape[2]]) : attnMask;
    if (keyPaddingMask === undefined) return attention;
    const batched = keyPaddingMask.rank === 1 ? unsqueeze(keyPaddingMask, 0) : keyPaddingMask;
    const padding = unsqueeze(unsqueeze(batched, 1), 1);
    if (attention === undefined) return padding;
    if (attention.dtype === 'bool') return logicalOr(attention, padding);
    return add(attention, where(padding, Number.NEGATIVE_INFINITY, 0));
  }

  #check(query: Tensor, key: Tensor, value: Tensor): void {
    const time = this.#batchFirst ? 1 : 0;
    const fits =
      (query.rank === 3 || query.rank === 2) &&
      key.rank === query.rank &&
      value.rank === query.rank &&
      query.shape[query.rank - 1] === this.#width &&
      (query.rank === 2
        ? key.shape[0] === value.shape[0]
        : key.shape[time] === value.shape[time] &&
          key.shape[1 - time] === query.shape[1 - time] &&
          value.shape[1 - time] === query.shape[1 - time]);
    if (fits) return;
    const layout = this.#batchFirst ? `[n, l, ${this.#width}]` : `[l, n, ${this.#width}]`;
    throw new ShapeError(
      'MultiheadAttention',
      `query must be ${layout}, key and value of one length and batch, got ${formatShape(query.shape)}, ${formatShape(key.shape)} and ${formatShape(value.shape)}`,
    );
  }
}
