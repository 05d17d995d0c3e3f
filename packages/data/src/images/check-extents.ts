import { FormatError } from '@dl/kernels';

/** Refuses an image without pixels, or with too many, by its header: before memory is taken for it. */
export function checkExtents(op: string, width: number, height: number, maxPixels: number): void {
  if (width < 1 || height < 1) throw new FormatError(op, `an image must have pixels, got ${width} x ${height}`);
  if (width * height > maxPixels) {
    throw new FormatError(
      op,
      `an image must have at most maxPixels = ${maxPixels}, got ${width} x ${height} = ${width * height}`,
    );
  }
}
