import { clamp, runScope, type Tensor, withoutRecording } from '@dl/tensor';
import { checkNotNegative } from '../check-hyper.ts';

/**
 * Brings every element of the gradients into $[-c, c]$; the direction may change.
 *
 * @param grads - what `valueAndGrad` returned; they are freed
 * @param clipValue - $c$
 * @returns the map that `optimizer.step` takes
 * @throws {@link ArgumentError} for a negative `clipValue`
 * @example
 * const weight = new Parameter(tensor([0, 0]));
 * const grads = clipGradValue(new Map([[weight, tensor([3, -0.5])]]), 1);
 * await grads.get(weight)!.data() // Float32Array [1, -0.5]
 */
export function clipGradValue<K>(grads: ReadonlyMap<K, Tensor>, clipValue: number): Map<K, Tensor> {
  checkNotNegative('clipGradValue', 'clipValue', clipValue);
  const bounds = { min: -clipValue, max: clipValue };
  const clipped = withoutRecording(() =>
    runScope('clipGradValue', () => new Map([...grads].map(([key, grad]) => [key, clamp(grad, bounds)]))),
  );
  for (const grad of grads.values()) grad.dispose();
  return clipped;
}
