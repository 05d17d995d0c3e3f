import type { HostTensor } from '@dl/kernels';
import { ArrayDataset } from '../datasets/array-dataset.ts';
import { HostRandom, streams } from '../random/host-random.ts';
import { checkCount, checkDeviation, type ToyOptions } from './toy-options.ts';

/** Points of a plane, x float32 `[n, 2]`, with a class each, y int32 `[n]`. Point i is of class $i \bmod k$ unless the set says otherwise. */
export type LabelledPoints = ArrayDataset<{ readonly x: HostTensor; readonly y: HostTensor }>;

/** A point before noise, and its class. */
export interface Placed {
  readonly at: readonly [number, number];
  readonly label: number;
}

/** Points where `place` puts them, each coordinate with noise. */
export function labelledPoints(
  op: string,
  { n = 100, noise = 0, seed = 0 }: ToyOptions,
  place: (index: number, n: number, random: HostRandom) => Placed,
): LabelledPoints {
  checkCount(op, 'n', n, 0);
  checkDeviation(op, 'noise', noise);
  const random = new HostRandom(op, seed, streams.toy, 1);
  const x = new Float32Array(2 * n);
  const y = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const { at, label } = place(i, n, random);
    x[2 * i] = at[0] + noise * random.normal();
    x[2 * i + 1] = at[1] + noise * random.normal();
    y[i] = label;
  }
  const fields = { x: { shape: [n, 2], dtype: 'float32', data: x }, y: { shape: [n], dtype: 'int32', data: y } } as const;
  return new ArrayDataset(fields, { labels: y });
}

/** Class of point `index` of `n` in `classes` that take turns, and how far along its class it is, from 0 to 1. */
export function takeTurns(index: number, n: number, classes: number): { readonly label: number; readonly along: number } {
  const label = index % classes;
  const last = Math.ceil((n - label) / classes) - 1;
  return { label, along: Math.floor(index / classes) / Math.max(last, 1) };
}
