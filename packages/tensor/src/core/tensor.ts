import type { Backend, DType, KernelBuffer, KernelInput, Shape, TypedArray } from '@dl/kernels';
import { ArgumentError, DisposedError, formatShape, sizeOf } from '@dl/kernels';
import type { NdArray } from 'ndarray';
import ndarray from 'ndarray';
import { add } from '../ops/arithmetic/add.ts';
import { div } from '../ops/arithmetic/div.ts';
import { mul } from '../ops/arithmetic/mul.ts';
import { pow } from '../ops/arithmetic/pow.ts';
import { sub } from '../ops/arithmetic/sub.ts';
import { abs } from '../ops/elementwise/abs.ts';
import { cast } from '../ops/elementwise/cast.ts';
import { exp } from '../ops/elementwise/exp.ts';
import { log } from '../ops/elementwise/log.ts';
import { neg } from '../ops/elementwise/neg.ts';
import { sqrt } from '../ops/elementwise/sqrt.ts';
import { square } from '../ops/elementwise/square.ts';
import { flatten } from '../ops/layout/flatten.ts';
import { permute } from '../ops/layout/permute.ts';
import { reshape } from '../ops/layout/reshape.ts';
import { type SliceRange, slice } from '../ops/layout/slice.ts';
import { squeeze } from '../ops/layout/squeeze.ts';
import { transpose } from '../ops/layout/transpose.ts';
import { unsqueeze } from '../ops/layout/unsqueeze.ts';
import { type MatmulOptions, matmul } from '../ops/linear/matmul.ts';
import { argMax } from '../ops/reduce/arg-max.ts';
import { max } from '../ops/reduce/max.ts';
import { mean } from '../ops/reduce/mean.ts';
import { min } from '../ops/reduce/min.ts';
import type { Axes, ReduceOptions } from '../ops/reduce/reduce-op.ts';
import { sum } from '../ops/reduce/sum.ts';
import { type Freed, freedBy, whereFreed } from './freed.ts';
import { isTracingMemory, recordBirth, recordDeath } from './memory-trace.ts';
import type { Operand } from './operands.ts';
import { track, untrack } from './scope.ts';

/** Nested arrays of numbers, one level an axis; a bare number for a scalar. */
export type NestedNumbers = number | NestedNumbers[];

/**
 * An array of numbers on a backend: an immutable value with a shape and a dtype.
 *
 * Make one with {@link tensor}, {@link zeros}, {@link randn} …; compute with functions (`relu(matmul(x, w))`) or, for arithmetic
 * and layout, with methods (`x.add(1).mul(y).sum()`). Reading back is asynchronous on every backend.
 *
 * A tensor is freed by the scope it was made in ({@link tidy}, `valueAndGrad`, a module's forward), by {@link Tensor.dispose} or by `using`.
 */
export class Tensor implements KernelInput {
  /** Where the elements are. */
  readonly backend: Backend;
  /** Extents by axis; `[]` for a scalar. */
  readonly shape: Shape;
  /** Element type. */
  readonly dtype: DType;
  /** The scope that will free it, as scopes set it; undefined where the garbage collector does, and once it is freed. */
  owner: object | undefined;
  #buffer: KernelBuffer | undefined;
  #freed: Freed | undefined;

  // What Node's `console.log` shows.
  static {
    Object.defineProperty(Tensor.prototype, Symbol.for('nodejs.util.inspect.custom'), { value: Tensor.prototype.toString });
  }

  /** Takes over one reference to `buffer`. Users call {@link tensor}; ops call `apply`. */
  constructor(backend: Backend, buffer: KernelBuffer, shape: Shape, dtype: DType) {
    this.backend = backend;
    this.#buffer = buffer;
    this.shape = shape;
    this.dtype = dtype;
    track(this);
    if (isTracingMemory()) recordBirth(this);
  }

  /** Number of axes. */
  get rank(): number {
    return this.shape.length;
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /** Whether the tensor has been freed. */
  get isDisposed(): boolean {
    return this.#buffer === undefined;
  }

  /**
   * The backend's block.
   *
   * @throws {@link DisposedError} when the tensor has been freed, with the place where it was
   */
  get buffer(): KernelBuffer {
    if (this.#buffer === undefined) throw this.#disposedError();
    return this.#buffer;
  }

  /**
   * A copy of the elements in row-major order.
   *
   * @example
   * await tensor([[1, 2], [3, 4]]).data() // Float32Array [1, 2, 3, 4]
   */
  async data(): Promise<TypedArray> {
    return this.backend.read({ buffer: this.buffer, shape: this.shape, dtype: this.dtype });
  }

  /**
   * The only element, as a number.
   *
   * @throws {@link ArgumentError} when there is more than one, or none
   * @example
   * await tensor([[7]]).item() // 7
   */
  async item(): Promise<number> {
    if (this.size !== 1)
      throw new ArgumentError('item', `the tensor must have one element, got ${this.size} (shape ${formatShape(this.shape)})`);
    return (await this.data())[0];
  }

  /**
   * The elements as nested arrays, one level an axis.
   *
   * @example
   * await tensor([1, 2, 3, 4], { shape: [2, 2] }).array() // [[1, 2], [3, 4]]
   */
  async array(): Promise<NestedNumbers> {
    const data = await this.data();
    let position = 0;
    const build = (axis: number): NestedNumbers =>
      axis === this.rank ? data[position++] : Array.from({ length: this.shape[axis] }, () => build(axis + 1));
    return build(0);
  }

  /** A copy as an ndarray, with this tensor's shape. */
  async toNdarray(): Promise<NdArray<TypedArray>> {
    return ndarray(await this.data(), [...this.shape]);
  }

  /**
   * This tensor's values on another backend: a copy, or another handle on the same block where it is there already.
   * A gradient does not flow across.
   */
  async to(backend: Backend): Promise<Tensor> {
    if (backend === this.backend) {
      backend.retain(this.buffer);
      return new Tensor(backend, this.buffer, this.shape, this.dtype);
    }
    return new Tensor(backend, backend.upload(await this.data(), this), this.shape, this.dtype);
  }

  /** Elementwise sum: {@link add}. */
  add(other: Operand): Tensor {
    return add(this, other);
  }

  /** Elementwise difference: {@link sub}. */
  sub(other: Operand): Tensor {
    return sub(this, other);
  }

  /** Elementwise product: {@link mul}. */
  mul(other: Operand): Tensor {
    return mul(this, other);
  }

  /** Elementwise quotient: {@link div}. */
  div(other: Operand): Tensor {
    return div(this, other);
  }

  /** Elementwise power: {@link pow}. */
  pow(exponent: Operand): Tensor {
    return pow(this, exponent);
  }

  /** Negative: {@link neg}. */
  neg(): Tensor {
    return neg(this);
  }

  /** Absolute value: {@link abs}. */
  abs(): Tensor {
    return abs(this);
  }

  /** Exponential: {@link exp}. */
  exp(): Tensor {
    return exp(this);
  }

  /** Natural logarithm: {@link log}. */
  log(): Tensor {
    return log(this);
  }

  /** Square root: {@link sqrt}. */
  sqrt(): Tensor {
    return sqrt(this);
  }

  /** Square: {@link square}. */
  square(): Tensor {
    return square(this);
  }

  /** Matrix product: {@link matmul}. */
  matmul(other: Tensor, options?: MatmulOptions): Tensor {
    return matmul(this, other, options);
  }

  /** Sum over axes: {@link sum}. */
  sum(axes?: Axes, options?: ReduceOptions): Tensor {
    return sum(this, axes, options);
  }

  /** Mean over axes: {@link mean}. */
  mean(axes?: Axes, options?: ReduceOptions): Tensor {
    return mean(this, axes, options);
  }

  /** Minimum over axes: {@link min}. */
  min(axes?: Axes, options?: ReduceOptions): Tensor {
    return min(this, axes, options);
  }

  /** Maximum over axes: {@link max}. */
  max(axes?: Axes, options?: ReduceOptions): Tensor {
    return max(this, axes, options);
  }

  /** Index of the greatest element: {@link argMax}. */
  argMax(axis?: number, options?: ReduceOptions): Tensor {
    return argMax(this, axis, options);
  }

  /** The same elements under another shape: {@link reshape}. */
  reshape(shape: Shape): Tensor {
    return reshape(this, shape);
  }

  /** Axes joined into one: {@link flatten}. */
  flatten(startAxis?: number, endAxis?: number): Tensor {
    return flatten(this, startAxis, endAxis);
  }

  /** Two axes exchanged: {@link transpose}. */
  transpose(axis0?: number, axis1?: number): Tensor {
    return transpose(this, axis0, axis1);
  }

  /** Axes in another order: {@link permute}. */
  permute(axes: readonly number[]): Tensor {
    return permute(this, axes);
  }

  /** Without axes of extent 1: {@link squeeze}. */
  squeeze(axes?: number | readonly number[]): Tensor {
    return squeeze(this, axes);
  }

  /** With a new axis of extent 1: {@link unsqueeze}. */
  unsqueeze(axis: number): Tensor {
    return unsqueeze(this, axis);
  }

  /** Part of the tensor: {@link slice}. */
  slice(ranges: readonly SliceRange[]): Tensor {
    return slice(this, ranges);
  }

  /** The same values as another dtype: {@link cast}. */
  cast(dtype: DType): Tensor {
    return cast(this, dtype);
  }

  /** Frees the block. A second call does nothing; any other use throws {@link DisposedError}. */
  dispose(): void {
    if (this.#buffer !== undefined) this.free(freedBy('dispose()'));
  }

  /** Lets `using x = …` free the tensor at the end of the block. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Frees the block on behalf of whoever owns the tensor; later errors name them. */
  free(freed: Freed): void {
    const buffer = this.buffer;
    this.#buffer = undefined;
    this.#freed = freed;
    if (this.owner === undefined) untrack(this);
    this.owner = undefined;
    if (isTracingMemory()) recordDeath(this);
    this.backend.release(buffer);
  }

  /** One line about the tensor; its elements are read asynchronously, with {@link format}. */
  toString(): string {
    return `Tensor ${this.dtype} ${formatShape(this.shape)} on ${this.backend.name}${this.isDisposed ? ' (disposed)' : ''}`;
  }

  /** Puts another block in place of this one and returns the old one; both references change hands. */
  protected exchangeBuffer(buffer: KernelBuffer): KernelBuffer {
    const old = this.buffer;
    this.#buffer = buffer;
    return old;
  }

  #disposedError(): DisposedError {
    const where = whereFreed(this.#freed ?? { by: 'nobody' });
    return new DisposedError(
      'tensor',
      `must not be used after it was freed, got ${this.dtype} ${formatShape(this.shape)} freed by ${where}; return it from the scope or keep() it`,
    );
  }
}
