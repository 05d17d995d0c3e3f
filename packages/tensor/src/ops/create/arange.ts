import { ArgumentError } from '@dl/kernels';
import { currentBackend } from '../../core/backend.ts';
import { runKernels } from '../../core/run-kernels.ts';
import { Tensor } from '../../core/tensor.ts';
import type { CreateOptions } from './options.ts';

/** Options of {@link arange}. */
export interface ArangeOptions extends CreateOptions {
  /** The distance between neighbours; negative counts down. Default 1. */
  readonly step?: number | undefined;
}

/**
 * Equidistant numbers from `start` (default 0) up to, but without, `stop`: $y_i = \text{start} + i \cdot \text{step}$ for
 * $i < \lceil (\text{stop} - \text{start}) / \text{step} \rceil$.
 *
 * @returns one axis; empty where `stop` lies behind `start`
 * @throws {@link ArgumentError} for a step of 0, or a number that is not finite
 * @example
 * await arange(3).data() // Float32Array [0, 1, 2]
 * await arange(1, 8, { step: 3, dtype: 'int32' }).data() // Int32Array [1, 4, 7]
 */
export function arange(stop: number, options?: ArangeOptions): Tensor;
export function arange(start: number, stop: number, options?: ArangeOptions): Tensor;
export function arange(first: number, second?: number | ArangeOptions, third: ArangeOptions = {}): Tensor {
  const [start, stop] = typeof second === 'number' ? [first, second] : [0, first];
  const { step = 1, dtype = 'float32', backend = currentBackend() } = typeof second === 'object' ? second : third;
  if (step === 0 || !Number.isFinite(start + stop + step)) {
    throw new ArgumentError('arange', `start, stop and step must be finite and step not 0, got ${start}, ${stop} and ${step}`);
  }
  const shape = [Math.max(0, Math.ceil((stop - start) / step))];
  const computed = dtype === 'uint8' || dtype === 'bool' ? 'int32' : dtype;
  const buffer = runKernels(backend, (run) => {
    const values = run('iota', [], { start, step }, { shape, dtype: computed });
    return computed === dtype ? values : run('cast', [values], {}, { shape, dtype });
  });
  return new Tensor(backend, buffer, shape, dtype);
}
