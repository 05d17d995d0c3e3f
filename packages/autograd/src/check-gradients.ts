import { formatShape, GradientError } from '@dl/kernels';
import { mul, sum, type Tensor, tensor } from '@dl/tensor';
import { numericalGradient } from './numerical-gradient.ts';
import { valueAndGrad } from './value-and-grad.ts';

/** Options of {@link checkGradients}. */
export interface CheckGradientsOptions {
  /** The step of the finite differences. Default 1e-6 for float64, 1e-2 for float32. */
  readonly epsilon?: number | undefined;
  /** Allowed |analytic − numeric|, relative to 1 + |numeric|. Default 1e-6 for float64, 2e-2 for float32. */
  readonly tolerance?: number | undefined;
}

/**
 * Compares the gradients of `fn` by every input with central finite differences. An output of any shape is reduced to a number by a fixed
 * weighting. Meaningful in float64, on the reference backend; float32 differences find gross errors only.
 *
 * @returns the largest deviation found
 * @throws {@link GradientError} naming the input, the element and both values where they deviate
 * @example
 * await useBackend('reference');
 * const x = tensor([0.5, -1.5], { dtype: 'float64' });
 * (await checkGradients((y) => y.mul(y), [x])) < 1e-6 // true
 */
export async function checkGradients(
  fn: (...xs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
  options: CheckGradientsOptions = {},
): Promise<number> {
  const scalar = (...xs: Tensor[]): Tensor => {
    const y = fn(...xs);
    return sum(mul(y, weightsLike(y)));
  };
  const { grads, value } = valueAndGrad(() => scalar(...inputs), inputs);
  value.dispose();
  let worst = 0;
  for (const [index, input] of inputs.entries()) {
    const grad = grads.get(input)!;
    const analytic = await grad.data();
    grad.dispose();
    const numeric = await numericalGradient(
      (x) => scalar(...inputs.map((other, i) => (i === index ? x : other))),
      input,
      options,
    );
    const tolerance = options.tolerance ?? (input.dtype === 'float64' ? 1e-6 : 2e-2);
    for (let i = 0; i < numeric.length; i++) {
      const deviation = Math.abs(analytic[i] - numeric[i]) / (1 + Math.abs(numeric[i]));
      worst = Math.max(worst, deviation);
      if (!(deviation <= tolerance)) {
        throw new GradientError(
          'checkGradients',
          `gradient must agree with finite differences, got ${analytic[i]} and ${numeric[i]} at element ${i} of input ${index} (${input.dtype} ${formatShape(input.shape)})`,
        );
      }
    }
  }
  return worst;
}

function weightsLike(y: Tensor): Tensor {
  const weights = Float64Array.from({ length: y.size }, (_, i) => Math.cos(0.3 + i));
  return tensor(weights, { shape: y.shape, dtype: y.dtype, backend: y.backend });
}
