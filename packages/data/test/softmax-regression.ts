import type { ImageDataset } from '../src/index.ts';

const classes = 10;

/** Test accuracy of multinomial logistic regression, by five epochs of plain stochastic gradient descent. */
export function softmaxRegressionAccuracy(train: ImageDataset, test: ImageDataset): number {
  const weights = new Float64Array(classes * 785);
  for (let epoch = 0; epoch < 5; epoch++) {
    const rate = 0.01 / (1 + epoch);
    for (let i = 0; i < train.size; i++) {
      const { x, y } = train.get(i);
      const errors = softmax(logits(weights, x.data));
      errors[y] -= 1;
      errors.forEach((error, k) => {
        for (let j = 0; j < 784; j++) weights[k * 785 + j] -= rate * error * x.data[j];
        weights[k * 785 + 784] -= rate * error;
      });
    }
  }
  let right = 0;
  for (let i = 0; i < test.size; i++) {
    const { x, y } = test.get(i);
    const scores = logits(weights, x.data);
    if (scores.indexOf(Math.max(...scores)) === y) right++;
  }
  return right / test.size;
}

function logits(weights: Float64Array, x: ArrayLike<number>): Float64Array {
  const out = new Float64Array(classes);
  for (let k = 0; k < classes; k++) {
    out[k] = weights[k * 785 + 784];
    for (let j = 0; j < 784; j++) out[k] += weights[k * 785 + j] * x[j];
  }
  return out;
}

function softmax(scores: Float64Array): Float64Array {
  const most = Math.max(...scores);
  const exps = scores.map((score) => Math.exp(score - most));
  const total = exps.reduce((sum, value) => sum + value, 0);
  return exps.map((value) => value / total);
}
