import { add, div, minimum, mul, runScope, type Tensor, withoutRecording } from '@dl/tensor';
import { checkNotNegative } from '../check-hyper.ts';
import { type TotalNormOptions, totalNorm } from './total-norm.ts';

/**
 * Shortens gradients whose norm together is above a bound, all by one factor, so that the direction stays:
 * $g \leftarrow g \cdot \min\big(1, \frac{c}{\lVert g \rVert + 10^{-6}}\big)$.
 *
 * @param grads - what `valueAndGrad` returned; they are freed
 * @param maxNorm - $c$, see {@link totalNorm}
 * @returns the map that `optimizer.step` takes
 * @throws {@link ArgumentError} for a negative `maxNorm` or another `normType`
 * @example
 * const weight = new Parameter(tensor([0, 0]));
 * const grads = clipGradNorm(new Map([[weight, tensor([3, 4])]]), 1);
 * await grads.get(weight)!.data() // Float32Array [0.6, 0.8]
 * @see Pascanu, Mikolov & Bengio, On the difficulty of training recurrent neural networks, 2013
 */
export function clipGradNorm<K>(grads: ReadonlyMap<K, Tensor>, maxNorm: number, options: TotalNormOptions = {}): Map<K, Tensor> {
  checkNotNegative('clipGradNorm', 'maxNorm', maxNorm);
  const clipped = withoutRecording(() =>
    runScope('clipGradNorm', () => {
      const factor = minimum(div(maxNorm, add(totalNorm(grads, options), 1e-6)), 1);
      return new Map([...grads].map(([key, grad]) => [key, mul(grad, factor)]));
    }),
  );
  for (const grad of grads.values()) grad.dispose();
  return clipped;
}
