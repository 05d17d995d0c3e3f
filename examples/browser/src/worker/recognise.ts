import { drawnDigitsNormalization, normalize } from '@dl/data';
import type { Layer } from '@dl/layers';
import { softmax, tensor, tidy } from '@dl/tensor';

const shape = [1, 28, 28] as const;

/**
 * The probabilities of the ten classes.
 *
 * @param image - 28 × 28, 0 for paper and 1 for ink
 */
export async function recognise(model: Layer, image: Float32Array): Promise<number[]> {
  const { data } = normalize(drawnDigitsNormalization)({ shape, dtype: 'float32', data: image });
  const probabilities = tidy(() => softmax(model.forward(tensor(data, { shape: [1, ...shape] })), 1));
  try {
    return Array.from(await probabilities.data());
  } finally {
    probabilities.dispose();
  }
}
