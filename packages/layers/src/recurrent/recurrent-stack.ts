import { ArgumentError, formatShape, ShapeError, sameShape } from '@dl/kernels';
import {
  add,
  concat,
  linear,
  Parameter,
  type Rng,
  slice,
  squeeze,
  stack,
  type Tensor,
  transpose,
  unsqueeze,
  zeros,
} from '@dl/tensor';
import { dropout } from '../functional/dropout.ts';
import { uniform } from '../init/uniform.ts';
import { checkCount } from '../layers/check-count.ts';
import type { ForwardOptions } from '../module/layer.ts';
import type { Cell } from './cell.ts';
import { scan } from './scan.ts';

/** Options of {@link LSTM} and {@link GRU}. */
export interface RecurrentOptions {
  /** Layers on top of each other: each takes what the one below puts out. Default 1. */
  readonly numLayers?: number | undefined;
  /** Whether constants are learnt. Default `true`. */
  readonly bias?: boolean | undefined;
  /** Whether input and output are `[n, t, ...]`; states never are. Default `false`: `[t, n, ...]`. */
  readonly batchFirst?: boolean | undefined;
  /** Whether a second set of weights goes through time backwards; its outputs follow those of the first. Default `false`. */
  readonly bidirectional?: boolean | undefined;
  /** In training, the share of each layer's output that becomes 0, but of the last layer's. Default 0. */
  readonly dropout?: number | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/** One layer in one direction. */
interface Pass {
  readonly suffix: string;
  readonly reverse: boolean;
  readonly weightIh: Parameter;
  readonly weightHh: Parameter;
  readonly biasIh: Parameter | undefined;
  readonly biasHh: Parameter | undefined;
}

/** What comes out: the last layer's output, and the last states of all layers, `[layers · directions, n, h]` each. */
export interface StackResult {
  readonly output: Tensor;
  readonly last: readonly Tensor[];
}

/** Layers of one cell, in one or two directions: all that recurrent modules have in common. */
export class RecurrentStack {
  readonly #cell: Cell;
  readonly #inputSize: number;
  readonly #hiddenSize: number;
  readonly #layers: readonly (readonly Pass[])[];
  readonly #batchFirst: boolean;
  readonly #dropout: number;

  constructor(cell: Cell, inputSize: number, hiddenSize: number, options: RecurrentOptions) {
    const { numLayers = 1, bias = true, batchFirst = false, bidirectional = false, dropout: p = 0, rng } = options;
    for (const [name, count] of Object.entries({ inputSize, hiddenSize, numLayers })) checkCount(cell.name, name, count);
    if (!(p >= 0 && p <= 1)) throw new ArgumentError(cell.name, `dropout must be in [0, 1], got ${p}`);
    const bound = 1 / Math.sqrt(hiddenSize);
    const draw = (...shape: number[]): Parameter => new Parameter(uniform(shape, { low: -bound, high: bound, rng }));
    const rows = cell.gates * hiddenSize;
    const directions = bidirectional ? [false, true] : [false];
    this.#layers = Array.from({ length: numLayers }, (_, layer) =>
      directions.map((reverse) => ({
        suffix: `_l${layer}${reverse ? '_reverse' : ''}`,
        reverse,
        weightIh: draw(rows, layer === 0 ? inputSize : directions.length * hiddenSize),
        weightHh: draw(rows, hiddenSize),
        biasIh: bias ? draw(rows) : undefined,
        biasHh: bias ? draw(rows) : undefined,
      })),
    );
    this.#cell = cell;
    this.#inputSize = inputSize;
    this.#hiddenSize = hiddenSize;
    this.#batchFirst = batchFirst;
    this.#dropout = p;
  }

  /** By PyTorch's names, in its order. */
  *members(): Generator<readonly [name: string, member: Parameter]> {
    for (const { suffix, weightIh, weightHh, biasIh, biasHh } of this.#layers.flat()) {
      yield [`weight_ih${suffix}`, weightIh];
      yield [`weight_hh${suffix}`, weightHh];
      if (biasIh !== undefined) yield [`bias_ih${suffix}`, biasIh];
      if (biasHh !== undefined) yield [`bias_hh${suffix}`, biasHh];
    }
  }

  /**
   * @param x - `[t, n, inputSize]`, `[n, t, inputSize]` with `batchFirst`, or `[t, inputSize]` without a batch
   * @param first - `[layers · directions, n, h]` each, without `n` where there is no batch; zeros if undefined
   */
  run(x: Tensor, first: readonly Tensor[] | undefined, { training = false, rng }: ForwardOptions): StackResult {
    this.#check(x);
    const isBatched = x.rank === 3;
    const batchAxis = isBatched && this.#batchFirst ? 0 : 1;
    let y = isBatched ? (batchAxis === 0 ? transpose(x, 0, 1) : x) : unsqueeze(x, 1);
    const states = this.#states(x, y.shape[1], isBatched, first);
    const last: Tensor[][] = states.map(() => []);
    for (const [layer, passes] of this.#layers.entries()) {
      const outputs = passes.map((pass, direction) => {
        const place = layer * passes.length + direction;
        const all = this.#pass(
          pass,
          y,
          states.map((state) => slice(state, [place])),
        );
        for (const [i, ends] of last.entries()) ends.push(slice(all, [i, pass.reverse ? 0 : -1]));
        return slice(all, [0]);
      });
      y = concat(outputs, 2);
      if (training && this.#dropout > 0 && layer < this.#layers.length - 1) y = dropout(y, { p: this.#dropout, rng });
    }
    const unbatch = (value: Tensor): Tensor => (isBatched ? value : squeeze(value, 1));
    return {
      output: batchAxis === 0 ? transpose(y, 0, 1) : unbatch(y),
      last: last.map((ends) => unbatch(stack(ends))),
    };
  }

  #pass({ weightIh, weightHh, biasIh, biasHh, reverse }: Pass, x: Tensor, state: readonly Tensor[]): Tensor {
    const isApart = this.#cell.hasHiddenBias && biasHh !== undefined;
    const bias = isApart || biasIh === undefined || biasHh === undefined ? biasIh : add(biasIh, biasHh);
    const projected = linear(x, weightIh, bias);
    return scan(this.#cell, { projected, weight: weightHh, bias: isApart ? biasHh : undefined, state, reverse });
  }

  #states(x: Tensor, batch: number, isBatched: boolean, first: readonly Tensor[] | undefined): Tensor[] {
    const shape = [this.#layers.flat().length, batch, this.#hiddenSize];
    if (first === undefined) {
      return Array.from({ length: this.#cell.states }, () => zeros(shape, { dtype: x.dtype, backend: x.backend }));
    }
    return first.map((state) => {
      const given = isBatched ? state : unsqueeze(state, 1);
      if (sameShape(given.shape, shape)) return given;
      const expected = isBatched ? shape : [shape[0], shape[2]];
      throw new ShapeError(this.#cell.name, `a state must be ${formatShape(expected)}, got ${formatShape(state.shape)}`);
    });
  }

  #check({ shape, rank, size }: Tensor): void {
    if ((rank !== 2 && rank !== 3) || shape.at(-1) !== this.#inputSize) {
      const axes = this.#batchFirst ? 'n, t' : 't, n';
      throw new ShapeError(
        this.#cell.name,
        `x must be [${axes}, ${this.#inputSize}] or [t, ${this.#inputSize}], got ${formatShape(shape)}`,
      );
    }
    if (size === 0) throw new ShapeError(this.#cell.name, `x must have a step and an example, got ${formatShape(shape)}`);
  }
}
