import {
  ArgumentError,
  type Backend,
  checkShape,
  createTypedArray,
  type DType,
  type KernelInput,
  type Pair,
  philox4x32,
  philoxWords,
  type Shape,
  sizeOf,
  type TensorSpec,
} from '@dl/kernels';
import { currentBackend } from '../core/backend.ts';
import { tensor } from '../core/create.ts';
import { type RunKernel, runKernels } from '../core/run-kernels.ts';
import { Tensor } from '../core/tensor.ts';
import { normals } from './normals.ts';
import type { BernoulliOptions, IntegersOptions, NormalOptions, UniformOptions } from './rng-options.ts';

/** Where a generator stands: plain numbers, for a checkpoint. */
export interface RngState {
  /** Two unsigned 32-bit words. */
  readonly key: Pair;
  /** How many blocks of 128 bits have been drawn. */
  readonly counter: number;
}

const twoTo32 = 2 ** 32;

/**
 * A generator of random numbers: Philox 4×32-10, which encrypts a counter with a key. Its state is the two, so it can be saved, and the
 * same seed gives the same bits on every backend and thread count.
 *
 * Uniform numbers are made on the backend, of integer operations and a rounding that all agree on. Normal ones take a logarithm and a
 * cosine, which do not: they are made on the host, in double precision, and uploaded. Another JavaScript engine may round a few of those
 * the other way.
 *
 * @example
 * const rng = new Rng(42);
 * const weight = rng.uniform([3, 2], { low: -1, high: 1 });
 * weight.shape // [3, 2]
 * @see Salmon, Moraes, Dror & Shaw, Parallel random numbers: as easy as 1, 2, 3, 2011
 */
export class Rng {
  #key: Pair;
  #counter = 0;

  /**
   * @param seed - an integer in [0, 2⁵³)
   * @throws {@link ArgumentError} for another number
   */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new ArgumentError('Rng', `seed must be an integer in [0, 2^53), got ${seed}`);
    }
    this.#key = [seed >>> 0, Math.floor(seed / twoTo32)];
  }

  /**
   * A generator that goes on where another one stood.
   *
   * @throws {@link ArgumentError} for what no {@link Rng.state} returns
   */
  static fromState(state: RngState): Rng {
    const rng = new Rng(0);
    rng.restore(state);
    return rng;
  }

  /**
   * Where the generator stands, as plain numbers.
   *
   * @example
   * const rng = new Rng(1);
   * const state = JSON.stringify(rng.state());
   * rng.next() === Rng.fromState(JSON.parse(state)).next() // true
   */
  state(): RngState {
    return { key: this.#key, counter: this.#counter };
  }

  /**
   * Goes to where a generator stood.
   *
   * @throws {@link ArgumentError} for what no {@link Rng.state} returns
   */
  restore({ key, counter }: RngState): void {
    const isKey =
      Array.isArray(key) && key.length === 2 && key.every((word) => Number.isInteger(word) && word >= 0 && word < twoTo32);
    if (!isKey || !Number.isSafeInteger(counter) || counter < 0) {
      throw new ArgumentError(
        'Rng',
        `state must be two 32-bit words and a counter, got key ${String(key)} and counter ${counter}`,
      );
    }
    this.#key = [key[0], key[1]];
    this.#counter = counter;
  }

  /**
   * Another generator, independent of this one and of all its other forks, and reproducible.
   *
   * @example
   * const rng = new Rng(7);
   * const forDropout = rng.fork();
   * const forShuffling = rng.fork();
   */
  fork(): Rng {
    // The third counter word is 0 for numbers and 1 for keys: no key is ever drawn as a number.
    const block = this.#advance(1);
    const [a, b] = philox4x32(this.#key, [block >>> 0, Math.floor(block / twoTo32), 1, 0], new Uint32Array(4));
    return Rng.fromState({ key: [a, b], counter: 0 });
  }

  /** One number in [0, 1), with 53 random bits. */
  next(): number {
    const [a, b] = this.#words(2);
    return unit53(a, b);
  }

  /**
   * Uniformly distributed numbers: $\text{low} + (\text{high} - \text{low}) u$ with 24-bit $u$ in [0, 1). Rounding may reach `high`.
   *
   * @throws {@link ArgumentError} for an extent that is no non-negative integer, or `low` above `high`
   * @example
   * new Rng(0).uniform([2, 3], { low: -1, high: 1 }).shape // [2, 3]
   */
  uniform(shape: Shape, { low = 0, high = 1, dtype = 'float32', backend = currentBackend() }: UniformOptions = {}): Tensor {
    if (!(low <= high)) throw new ArgumentError('uniform', `low must not be above high, got ${low} and ${high}`);
    return this.#onBackend('uniform', backend, { shape, dtype }, (run, bits) => {
      const spec = { shape, dtype };
      const u = bits(dtype);
      if (low === 0 && high === 1) return u;
      const scalar = (value: number): KernelInput => run('fill', [], { value }, { shape: [], dtype });
      const scaled = run('binary', [u, scalar(high - low)], { fn: 'mul' }, spec);
      return run('binary', [scaled, scalar(low)], { fn: 'add' }, spec);
    });
  }

  /**
   * Normally distributed numbers, by the Box–Muller transform in double precision on the host.
   *
   * @throws {@link ArgumentError} for an extent that is no non-negative integer, or a negative `std`
   * @example
   * new Rng(0).normal([2, 3], { std: 0.02 }).shape // [2, 3]
   * @see Box & Muller, A note on the generation of random normal deviates, 1958
   */
  normal(shape: Shape, { mean = 0, std = 1, dtype = 'float32', backend }: NormalOptions = {}): Tensor {
    if (!(std >= 0)) throw new ArgumentError('normal', `std must not be negative, got ${std}`);
    checkShape('normal', shape);
    const size = sizeOf(shape);
    const values = createTypedArray(dtype, size);
    normals(this.#words(size + (size % 2)), values, mean, std);
    return tensor(values, { shape, dtype, backend });
  }

  /**
   * Ones with probability `p`, else zeros.
   *
   * @throws {@link ArgumentError} for an extent that is no non-negative integer, or `p` outside [0, 1]
   * @example
   * await new Rng(0).bernoulli([2], { p: 1 }).data() // Float32Array [1, 1]
   */
  bernoulli(shape: Shape, { p = 0.5, dtype = 'float32', backend = currentBackend() }: BernoulliOptions = {}): Tensor {
    if (!(p >= 0 && p <= 1)) throw new ArgumentError('bernoulli', `p must be in [0, 1], got ${p}`);
    return this.#onBackend('bernoulli', backend, { shape, dtype }, (run, bits) => {
      const threshold = run('fill', [], { value: p }, { shape: [], dtype: 'float32' });
      const hits = run('binary', [bits('float32'), threshold], { fn: 'less' }, { shape, dtype: 'bool' });
      return dtype === 'bool' ? hits : run('cast', [hits], {}, { shape, dtype });
    });
  }

  /**
   * Uniformly distributed integers in [low, high).
   *
   * @throws {@link ArgumentError} for an extent that is no non-negative integer, or bounds that are no 32-bit integers with `low` below `high`
   * @example
   * await new Rng(0).integers([3], { low: 5, high: 6 }).data() // Int32Array [5, 5, 5]
   */
  integers(shape: Shape, { low = 0, high, dtype = 'int32', backend }: IntegersOptions): Tensor {
    if (!Number.isInteger(low) || !Number.isInteger(high) || low >= high || low < -(2 ** 31) || high > 2 ** 31) {
      throw new ArgumentError('integers', `low and high must be 32-bit integers with low below high, got ${low} and ${high}`);
    }
    checkShape('integers', shape);
    const values = new Int32Array(sizeOf(shape));
    const words = this.#words(2 * values.length);
    for (let i = 0; i < values.length; i++) values[i] = low + Math.floor(unit53(words[2 * i], words[2 * i + 1]) * (high - low));
    return tensor(values, { shape, dtype, backend });
  }

  /**
   * The integers below `n` in random order, on the host.
   *
   * @throws {@link ArgumentError} for no non-negative integer
   * @example
   * new Rng(0).permutation(4).toSorted() // Int32Array [0, 1, 2, 3]
   * @see Fisher & Yates 1938; Durstenfeld, Algorithm 235: random permutation, 1964
   */
  permutation(n: number): Int32Array {
    checkShape('permutation', [n]);
    const order = Int32Array.from({ length: n }, (_, i) => i);
    const words = this.#words(2 * n);
    for (let i = n - 1; i > 0; i--) {
      const j = Math.floor(unit53(words[2 * i], words[2 * i + 1]) * (i + 1));
      const other = order[j];
      order[j] = order[i];
      order[i] = other;
    }
    return order;
  }

  #advance(blocks: number): number {
    const first = this.#counter;
    this.#counter += blocks;
    return first;
  }

  #words(count: number): Uint32Array {
    return philoxWords(this.#key, this.#advance(Math.ceil(count / 4)), count);
  }

  /** A tensor that kernels make from one `randomBits` of its shape. */
  #onBackend(
    op: string,
    backend: Backend,
    { shape, dtype }: TensorSpec,
    make: (run: RunKernel, bits: (dtype: DType) => KernelInput) => KernelInput,
  ): Tensor {
    checkShape(op, shape);
    const attrs = { key: this.#key, counter: this.#advance(Math.ceil(sizeOf(shape) / 4)) };
    const buffer = runKernels(backend, (run) => make(run, (float) => run('randomBits', [], attrs, { shape, dtype: float })));
    return new Tensor(backend, buffer, [...shape], dtype);
  }
}

/** A number in [0, 1) from 53 of 64 bits. */
function unit53(low: number, high: number): number {
  return ((high >>> 6) * 2 ** 27 + (low >>> 5)) * 2 ** -53;
}
