import { ArgumentError } from '@dl/kernels';
import {
  alias,
  arange,
  embedding,
  equal,
  maskedFill,
  Parameter,
  type Rng,
  reshape,
  type Tensor,
  tidy,
  unsqueeze,
  where,
  withoutRecording,
} from '@dl/tensor';
import { normal } from '../init/normal.ts';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { checkCount } from './check-count.ts';

/** Options of {@link Embedding}. */
export interface EmbeddingOptions {
  /** A number whose row is first 0, and has no gradient; negative ones count from the end. Default: none. */
  readonly paddingIdx?: number | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/**
 * A learnt vector for each number, $y = W_{\text{index}}$: words, characters, positions. The vectors start normal with deviation 1, as in PyTorch.
 *
 * @example
 * const layer = new Embedding(65, 8, { paddingIdx: 0 });
 * layer.forward(tensor([[5, 0, 7]], { dtype: 'int32' })).shape // [1, 3, 8]
 */
export class Embedding extends Module implements Layer {
  /** `[numEmbeddings, embeddingDim]`. */
  readonly weight: Parameter;
  readonly #paddingIdx: number | undefined;

  /** @throws {@link ArgumentError} unless both counts are positive integers and `paddingIdx` is a row */
  constructor(numEmbeddings: number, embeddingDim: number, { paddingIdx, rng }: EmbeddingOptions = {}) {
    super();
    checkCount('Embedding', 'numEmbeddings', numEmbeddings);
    checkCount('Embedding', 'embeddingDim', embeddingDim);
    const row = paddingIdx !== undefined && paddingIdx < 0 ? paddingIdx + numEmbeddings : paddingIdx;
    if (row !== undefined && !(Number.isInteger(row) && row >= 0 && row < numEmbeddings)) {
      throw new ArgumentError('Embedding', `paddingIdx must be a row of ${numEmbeddings}, got ${paddingIdx}`);
    }
    this.weight = tidy(() => {
      const weight = normal([numEmbeddings, embeddingDim], { rng });
      return new Parameter(row === undefined ? weight : withoutRow(weight, row));
    });
    this.#paddingIdx = row;
  }

  /**
   * @param index - any shape; int32 or uint8, each in `[0, numEmbeddings)`
   * @returns `[...index.shape, embeddingDim]`
   * @throws {@link DTypeError} for an index of another dtype
   * @throws {@link ArgumentError} for an index out of range, on backends that notice: those on the CPU do
   */
  override forward(index: Tensor): Tensor {
    const rows = embedding(this.weight, index);
    if (this.#paddingIdx === undefined) return rows;
    const isPadding = unsqueeze(equal(index, this.#paddingIdx), -1);
    return where(
      isPadding,
      withoutRecording(() => alias(rows)),
      rows,
    );
  }
}

/** `weight` with zeros in one row. */
function withoutRow(weight: Tensor, row: number): Tensor {
  return maskedFill(weight, equal(reshape(arange(weight.shape[0]), [-1, 1]), row), 0);
}
