import { ArrayDataset, type HostTensor } from '@dl/data';
import { Rng } from '@dl/tensor';

const centers = [
  [0, 2],
  [-2, -1],
  [2, -1],
];

/** Points around three centres, a class each. */
export function blobs(count: number, seed: number): ArrayDataset<{ x: HostTensor; y: HostTensor }> {
  const rng = new Rng(seed);
  const x = new Float32Array(2 * count);
  const y = Int32Array.from({ length: count }, (_, i) => i % 3);
  for (let i = 0; i < count; i++) {
    for (const axis of [0, 1]) x[2 * i + axis] = centers[y[i]][axis] + 1.2 * (rng.next() - 0.5 + rng.next() - 0.5);
  }
  return new ArrayDataset({
    x: { shape: [count, 2], dtype: 'float32', data: x },
    y: { shape: [count], dtype: 'int32', data: y },
  });
}
