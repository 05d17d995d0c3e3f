import type { Backend, DType, KernelBuffer, KernelInput, Shape, TypedArray } from '@dl/kernels';
import { ArgumentError, DisposedError, formatShape, sizeOf } from '@dl/kernels';
import type { NdArray } from 'ndarray';
import ndarray from 'ndarray';
import { track, untrack } from './scope.ts';

/** Nested arrays of numbers, one level an axis; a bare number for a scalar. */
export type NestedNumbers = number | NestedNumbers[];

/** Who freed a tensor, and the stack at that moment. */
export interface Freed {
  readonly by: string;
  readonly at: Error;
}

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
  #buffer: KernelBuffer | undefined;
  #freed: Freed | undefined;

  /** Takes over one reference to `buffer`. Users call {@link tensor}; ops call `apply`. */
  constructor(backend: Backend, buffer: KernelBuffer, shape: Shape, dtype: DType) {
    this.backend = backend;
    this.#buffer = buffer;
    this.shape = shape;
    this.dtype = dtype;
    track(this);
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

  /** Frees the block. A second call does nothing; any other use throws {@link DisposedError}. */
  dispose(): void {
    if (this.#buffer === undefined) return;
    untrack(this);
    this.free({ by: 'dispose()', at: new Error('dispose()') });
  }

  /** Lets `using x = …` free the tensor at the end of the block. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Frees the block on behalf of the scope that owns the tensor; later errors name it. */
  free(freed: Freed): void {
    const buffer = this.buffer;
    this.#buffer = undefined;
    this.#freed = freed;
    this.backend.release(buffer);
  }

  /** One line about the tensor; its elements are read asynchronously, with {@link format}. */
  toString(): string {
    return `Tensor ${this.dtype} ${formatShape(this.shape)} on ${this.backend.name}${this.isDisposed ? ' (disposed)' : ''}`;
  }

  /** What Node's `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /** Puts another block in place of this one and returns the old one; both references change hands. */
  protected exchangeBuffer(buffer: KernelBuffer): KernelBuffer {
    const old = this.buffer;
    this.#buffer = buffer;
    return old;
  }

  #disposedError(): DisposedError {
    const by = this.#freed?.by ?? 'its backend';
    const where = this.#freed?.at.stack
      ?.split('\n')
      .slice(1)
      .map((line) => line.trim())
      .find((line) => !line.includes('/tensor/src/core/') && !line.includes('/tensor/dist/core/'));
    return new DisposedError(
      'tensor',
      `must not be used after it was freed, got ${this.dtype} ${formatShape(this.shape)} freed by ${by} ${where ?? ''}; return it from the scope or keep() it`,
    );
  }
}
