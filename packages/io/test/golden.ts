import { readFileSync } from 'node:fs';
import { createTypedArray, type DType, type HostTensor } from '@dl/kernels';

/** A file that `scripts/golden.py` had made, with what it holds or why it is refused. */
export interface GoldenFile {
  readonly name: string;
  /** In base64. */
  readonly file: string;
  readonly value?: unknown;
  readonly refused?: string;
}

/** A tensor as JSON; values that JSON lacks are text. */
export interface GoldenTensor {
  readonly shape: number[];
  readonly dtype: DType;
  readonly values: readonly (number | string)[];
}

export function goldenFiles(format: 'npy' | 'npz' | 'pth'): readonly GoldenFile[] {
  return JSON.parse(readFileSync(new URL(`golden/${format}.json`, import.meta.url), 'utf8'));
}

export function bytesOf({ file }: GoldenFile): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(file), (char) => char.charCodeAt(0));
}

export function tensorOf({ shape, dtype, values }: GoldenTensor): HostTensor {
  const data = createTypedArray(dtype, values.length);
  data.set(values.map((value) => (value === 'inf' ? Infinity : value === '-inf' ? -Infinity : Number(value))));
  return { shape, dtype, data };
}
