import type { Shape } from '@dl/kernels';

/** Bytes of `shape`, undefined where the product leaves the safe integers, even if a later extent is 0. */
export function byteLength(shape: Shape, elementBytes: number): number | undefined {
  let bytes = elementBytes;
  for (const extent of shape) {
    bytes *= extent;
    if (!Number.isSafeInteger(bytes)) return undefined;
  }
  return bytes;
}
