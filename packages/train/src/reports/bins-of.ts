import type { CalibrationBin } from '../metrics/calibration-bins.ts';
import type { Prediction } from '../metrics/predictions.ts';

/** What {@link ReliabilityDiagram} computes, from predictions that have been read already; those without a confidence are left out. */
export function binsOf(predictions: readonly Prediction[], bins = 15): CalibrationBin[] {
  const sums = Array.from({ length: bins }, () => ({ count: 0, confidence: 0, hits: 0 }));
  for (const { truth, predicted, probabilities } of predictions) {
    const confidence = probabilities[predicted];
    // Of a training that has come to NaN: how sure it is nobody knows.
    if (Number.isNaN(confidence)) continue;
    // In single precision, as on the device: 1 / 3 belongs to the first of three bins.
    const sum = sums[Math.min(bins - 1, Math.max(0, Math.ceil(Math.fround(confidence * bins)) - 1))];
    sum.count++;
    sum.confidence += confidence;
    if (truth === predicted) sum.hits++;
  }
  return sums.map(({ count, confidence, hits }, i) => ({
    low: i / bins,
    high: (i + 1) / bins,
    count,
    confidence: confidence / count,
    accuracy: hits / count,
  }));
}
