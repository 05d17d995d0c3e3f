import { ArgumentError, DTypeError, formatShape, isFloat, ShapeError, sameShape } from '@dl/kernels';
import type { Layer } from '@dl/layers';
import { runScope, type Tensor, withoutRecording } from '@dl/tensor';
import { Breather } from '../breather.ts';
import type { LabelledBatch } from '../loader.ts';
import { refuseTest } from '../refuse-test.ts';
import { TemperatureScaling } from './temperature-scaling.ts';

/** Inverse temperatures are looked for in here: scores that always or never hit have no best one. */
const [least, largest] = [0.01, 100];

/**
 * Makes a classifier as sure as it is right: finds the temperature $T$ in $\operatorname{softmax}(z / T)$ at which the cross-entropy on validation
 * data is least, between 0.01 and 100. Predicted classes stay as they are. Judge the result on test data, with {@link CalibrationError}.
 *
 * @param model - from `x` to logits `[n, c]`
 * @param validation - with class numbers `[n]`, which the model has not been trained on
 * @throws {@link ArgumentError} for data of the test split, or none
 * @throws {@link ShapeError} or {@link DTypeError} for other outputs or targets
 * @example
 * const x = { shape: [4, 2], dtype: 'float32', data: new Float32Array([5, 0, 5, 0, 5, 0, 5, 0]) } as const;
 * const y = { shape: [4], dtype: 'int32', data: new Int32Array([0, 0, 0, 1]) } as const;
 * const scaled = await fitTemperature(new Identity(), new DataLoader(new ArrayDataset({ x, y }), { batchSize: 2 }));
 * await scaled.temperature.item() // 4.5512
 * @see Guo, Pleiss, Sun & Weinberger, On calibration of modern neural networks, 2017, section 4.2
 */
export async function fitTemperature(
  model: Layer,
  validation: AsyncIterable<LabelledBatch> & { readonly split?: string | undefined },
): Promise<TemperatureScaling> {
  refuseTest('fitTemperature', { validation });
  const batches: Scores[] = [];
  const breather = new Breather();
  for await (const { x, y } of validation) {
    const logits = withoutRecording(() => runScope('fitTemperature', () => model.forward(x)));
    try {
      checkScores(logits, y);
      batches.push({ logits: await logits.data(), classes: logits.shape[1], targets: await y.data() });
    } finally {
      if (logits !== x) logits.dispose();
    }
    await breather.rest();
  }
  if (batches.length === 0) throw new ArgumentError('fitTemperature', 'validation must have a batch, got none');
  return new TemperatureScaling(model, 1 / bestInverse(batches));
}

interface Scores {
  readonly logits: ArrayLike<number>;
  readonly classes: number;
  readonly targets: ArrayLike<number>;
}

function checkScores(logits: Tensor, target: Tensor): void {
  if (logits.rank !== 2 || !sameShape(target.shape, [logits.shape[0]])) {
    throw new ShapeError(
      'fitTemperature',
      `the model must give logits [n, c] for class numbers [n], got ${formatShape(logits.shape)} and ${formatShape(target.shape)}`,
    );
  }
  if (isFloat(target.dtype))
    throw new DTypeError('fitTemperature', `targets must be class numbers, int32 or uint8, got ${target.dtype}`);
}

/** Newton's method on the derivative, which rises with the inverse temperature; a step that leaves the bracket halves it instead. */
function bestInverse(batches: readonly Scores[]): number {
  let [low, high, inverse] = [least, largest, 1];
  for (let step = 0; step < 100 && high - low > 1e-9 * low; step++) {
    const { slope, curvature } = derivatives(batches, inverse);
    if (slope > 0) high = inverse;
    else low = inverse;
    const next = inverse - slope / curvature;
    if (Math.abs(next - inverse) < 1e-9 * inverse) return next;
    inverse = next > low && next < high ? next : (low + high) / 2;
  }
  return inverse;
}

/** Of the summed cross-entropy by the inverse temperature: $\sum_n \mathbb{E}_p z - z_y$ and $\sum_n \operatorname{Var}_p z$. */
function derivatives(batches: readonly Scores[], inverse: number): { readonly slope: number; readonly curvature: number } {
  let [slope, curvature] = [0, 0];
  for (const { logits, classes, targets } of batches) {
    for (let i = 0; i < targets.length; i++) {
      const row = i * classes;
      let top = -Infinity;
      for (let c = 0; c < classes; c++) top = Math.max(top, logits[row + c]);
      let [weights, first, second] = [0, 0, 0];
      for (let c = 0; c < classes; c++) {
        const below = logits[row + c] - top;
        const weight = Math.exp(inverse * below);
        weights += weight;
        first += weight * below;
        second += weight * below * below;
      }
      const mean = first / weights;
      slope += mean - (logits[row + targets[i]] - top);
      curvature += second / weights - mean * mean;
    }
  }
  return { slope, curvature };
}
