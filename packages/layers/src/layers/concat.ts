import { ArgumentError } from '@dl/kernels';
import { concat, type Parameter, type Tensor } from '@dl/tensor';
import type { ForwardOptions, Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import type { NamedLayers } from './sequential.ts';

/** Options of {@link Concat}. */
export interface ConcatOptions {
  /** Of what is put together. Default 1: the channels. */
  readonly axis?: number | undefined;
}

/**
 * Branches beside each other, whose outputs are put together along an axis: the module of Inception, or, with {@link Identity} as a branch, the
 * step of a dense network. In state dicts the branches are numbered, or have the names they were given.
 *
 * @example
 * const inception = new Concat({ pointwise: new Conv2d(8, 4, 1), wide: new Conv2d(8, 6, 5, { padding: 2 }) });
 * inception.forward(ones([1, 8, 7, 7])).shape; // [1, 10, 7, 7]
 * [...stateDict(inception).keys()] // ['pointwise.weight', 'pointwise.bias', 'wide.weight', 'wide.bias']
 * @see Szegedy et al., Going deeper with convolutions, 2015
 */
export class Concat extends Module implements Layer {
  readonly #branches: ReadonlyMap<string, Layer>;
  readonly #axis: number;

  /**
   * @param branches - a list, or a record of names and layers
   * @throws {@link ArgumentError} for no branch
   */
  constructor(branches: readonly Layer[] | NamedLayers, { axis = 1 }: ConcatOptions = {}) {
    super();
    this.#branches = new Map(Object.entries(branches));
    if (this.#branches.size === 0) throw new ArgumentError('Concat', 'there must be a branch, got none');
    this.#axis = axis;
  }

  override *members(): Generator<readonly [name: string, member: Parameter | Module]> {
    yield* this.#branches;
    yield* super.members();
  }

  /**
   * @param x - what every branch takes
   * @param options - handed to every branch
   * @throws {@link ShapeError} when the outputs differ on another axis
   */
  override forward(x: Tensor, options: ForwardOptions = {}): Tensor {
    return concat(
      [...this.#branches.values()].map((branch) => branch.forward(x, options)),
      this.#axis,
    );
  }
}
