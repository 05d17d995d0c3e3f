/** Turns big-endian elements of `width` bytes into little-endian ones, or back, in place. */
export function swapBytes(buffer: ArrayBuffer, width: number): void {
  const bytes = new Uint8Array(buffer);
  for (let start = 0; start < bytes.length; start += width) bytes.subarray(start, start + width).reverse();
}
