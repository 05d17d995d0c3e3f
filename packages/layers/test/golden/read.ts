import { loadStateDict, type Module } from '@dl/layers';
import { type Tensor, tensor } from '@dl/tensor';
import { expect } from 'vitest';

/** A float32 tensor as the scripts of this folder write it. */
export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export const upload = ({ shape, data }: GoldenTensor): Tensor => tensor([...data], { shape });

/** Gives a layer the parameters of a golden row; its buffers stay. */
export function fill(layer: Module, parameters: object): void {
  const dict = new Map(Object.entries(parameters).map(([name, value]) => [name, upload(value as GoldenTensor)]));
  const { unexpected } = loadStateDict(layer, dict, { strict: false });
  expect(unexpected).toEqual([]);
}

export async function expectTensor(actual: Tensor, expected: GoldenTensor, tolerance: number): Promise<void> {
  expect(actual.shape).toEqual(expected.shape);
  const values = await actual.data();
  const worst = Math.max(...expected.data.map((value, i) => Math.abs(values[i] - value) / (1 + Math.abs(value))));
  expect(worst).toBeLessThanOrEqual(tolerance);
}
