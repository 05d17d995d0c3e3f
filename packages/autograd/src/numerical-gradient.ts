import { runScope, type Tensor, tensor } from '@dl/tensor';

/** Options of {@link numericalGradient}. */
export interface NumericalGradientOptions {
  /** The step h. Default 1e-6 for float64, 1e-2 for float32. */
  readonly epsilon?: number | undefined;
}

/**
 * The gradient of a scalar function by central differences, $(f(x + h e_i) - f(x - h e_i)) / 2h$: two evaluations an element. For checking,
 * and for teaching what it costs; in float32 a step as small as 1e-6 vanishes in rounding.
 *
 * @param fn - returns one number
 * @param x - where; it is not changed
 * @returns values in row-major order
 * @example
 * const slope = await numericalGradient((x) => x.mul(x).sum(), tensor([3]));
 * Math.round(slope[0]) // 6
 */
export async function numericalGradient(
  fn: (x: Tensor) => Tensor,
  x: Tensor,
  { epsilon = x.dtype === 'float64' ? 1e-6 : 1e-2 }: NumericalGradientOptions = {},
): Promise<Float64Array> {
  const values = await x.data();
  const slopes = new Float64Array(values.length);
  const valueAt = async (): Promise<number> => {
    const at = tensor(values, { shape: x.shape, dtype: x.dtype, backend: x.backend });
    const value = runScope('numericalGradient', () => fn(at));
    const result = await value.item();
    value.dispose();
    at.dispose();
    return result;
  };
  for (let i = 0; i < values.length; i++) {
    const center = values[i];
    values[i] = center + epsilon;
    const above = values[i];
    const high = await valueAt();
    values[i] = center - epsilon;
    // The step that was really taken, after rounding to the dtype.
    const step = above - values[i];
    slopes[i] = (high - (await valueAt())) / step;
    values[i] = center;
  }
  return slopes;
}
