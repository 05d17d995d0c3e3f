import type { Backend, KernelBuffer } from '@dl/kernels';
import { BackendError, DTypeError, formatShape, ShapeError, sameShape } from '@dl/kernels';
import { entrust, keep, untrack } from './scope.ts';
import { Tensor } from './tensor.ts';

/** The value and version that a parameter had, and how it goes back to them. */
type Restore = () => void;

/** What {@link preserveParameters} undoes when it ends; undefined outside. */
let changed: Map<Parameter, Restore> | undefined;

/** Options of {@link Parameter}. */
export interface ParameterOptions {
  /** Whether optimisers change it; running statistics and frozen weights say `false`. Default `true`. */
  readonly trainable?: boolean | undefined;
}

/**
 * A tensor that a model owns: it keeps its identity while its value changes, and no scope frees it.
 *
 * @example
 * const weight = new Parameter(tensor([1, 2]));
 * weight.assign(weight.mul(0.5));
 * await weight.data() // Float32Array [0.5, 1]
 */
export class Parameter extends Tensor {
  /** Whether optimisers change it. */
  trainable: boolean;
  #version = 0;

  /** @param value - the first value; the parameter takes over its block, and `value` is disposed */
  constructor(value: Tensor, options: ParameterOptions = {}) {
    value.backend.retain(value.buffer);
    super(value.backend, value.buffer, value.shape, value.dtype);
    keep(this);
    value.dispose();
    this.trainable = options.trainable ?? true;
  }

  /** How often the value has changed: a tape refuses to differentiate through a value that is gone. */
  get version(): number {
    return this.#version;
  }

  /**
   * Takes over the value of a tensor of the same shape, dtype and backend. The block is shared, not copied.
   *
   * @throws {@link ShapeError}, {@link DTypeError} or {@link BackendError} when they differ
   */
  assign(value: Tensor): void {
    if (!sameShape(value.shape, this.shape)) {
      throw new ShapeError('assign', `shape must stay ${formatShape(this.shape)}, got ${formatShape(value.shape)}`);
    }
    if (value.dtype !== this.dtype) throw new DTypeError('assign', `dtype must stay ${this.dtype}, got ${value.dtype}`);
    if (value.backend !== this.backend) {
      throw new BackendError('assign', `backend must stay ${this.backend.name}, got ${value.backend.name}`);
    }
    value.backend.retain(value.buffer);
    this.#replace(value.backend, value.buffer);
  }

  #replace(backend: Backend, buffer: KernelBuffer): void {
    const version = this.#version + 1;
    if (changed !== undefined && !changed.has(this)) {
      const { buffer: former } = this;
      backend.retain(former);
      changed.set(this, () => this.#exchange(backend, former, version - 1));
    }
    this.#exchange(backend, buffer, version);
  }

  #exchange(backend: Backend, buffer: KernelBuffer, version: number): void {
    untrack(this);
    backend.release(this.exchangeBuffer(buffer));
    entrust(this);
    this.#version = version;
  }
}

/**
 * Runs `fn` and takes back every assignment to a parameter inside it: for computing something once more, without its effects.
 *
 * @param fn - synchronous
 * @example
 * const mean = new Parameter(tensor([1]), { trainable: false });
 * preserveParameters(() => mean.assign(tensor([2])));
 * await mean.data() // Float32Array [1]
 */
export function preserveParameters<T>(fn: () => T): T {
  const outer = changed;
  const mine = new Map<Parameter, Restore>();
  changed = mine;
  try {
    return fn();
  } finally {
    changed = outer;
    for (const restore of mine.values()) restore();
  }
}
