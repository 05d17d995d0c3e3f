import type { Backend, KernelBuffer } from '@dl/kernels';
import { BackendError, DTypeError, formatShape, ShapeError, sameShape } from '@dl/kernels';
import { entrust, keep, untrack } from './scope.ts';
import { Tensor } from './tensor.ts';

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
    untrack(this);
    backend.release(this.exchangeBuffer(buffer));
    entrust(this);
    this.#version++;
  }
}
