import type { Prediction } from '../metrics/predictions.ts';

/**
 * The wrong predictions that a classifier was most sure of, the surest first.
 *
 * @param count - how many at most. Default 24
 * @example
 * const right = { index: 0, truth: 1, predicted: 1, probabilities: new Float32Array([0.1, 0.9]) };
 * const wrong = { index: 1, truth: 1, predicted: 0, probabilities: new Float32Array([0.75, 0.25]) };
 * worstMistakes([right, wrong]).map(({ index }) => index) // [1]
 */
export function worstMistakes(predictions: readonly Prediction[], count = 24): Prediction[] {
  return mistakesOf(predictions)
    .toSorted((a, b) => sureness(b) - sureness(a))
    .slice(0, count);
}

/** All that are wrong, in their order. */
export function mistakesOf(predictions: readonly Prediction[]): Prediction[] {
  return predictions.filter(({ truth, predicted }) => truth !== predicted);
}

function sureness({ probabilities, predicted }: Prediction): number {
  return probabilities[predicted];
}
