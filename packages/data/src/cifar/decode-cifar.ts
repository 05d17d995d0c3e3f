import { FormatError } from '@dl/kernels';

/** Bytes of an image: a plane of 32×32 each for red, green and blue. */
export const imageBytes = 3072;

/** The labels before each image. */
export interface CifarLabels {
  /** How many bytes of labels a record has. */
  readonly bytes: number;
  /** Which of them is the class. */
  readonly at: number;
  readonly classNames: readonly string[];
}

/**
 * How many records a file has.
 *
 * @throws FormatError when it is not whole records, or a label names no class
 */
export function countCifar(op: string, bytes: Uint8Array, { bytes: labelBytes, at, classNames }: CifarLabels): number {
  const record = labelBytes + imageBytes;
  const count = bytes.length / record;
  if (count === 0 || !Number.isInteger(count)) {
    throw new FormatError(op, `a file must be records of ${record} bytes, got ${bytes.length} (truncated? fetch it again)`);
  }
  for (let i = 0; i < count; i++) {
    const label = bytes[i * record + at];
    if (label >= classNames.length) {
      throw new FormatError(op, `labels must be below ${classNames.length}, got ${label} (image ${i})`);
    }
  }
  return count;
}

/** Takes the records of `files` apart, after {@link countCifar} found them sound. */
export function decodeCifar(
  files: readonly Uint8Array[],
  { bytes: labelBytes, at }: CifarLabels,
): { readonly pixels: Uint8Array; readonly labels: Uint8Array } {
  const record = labelBytes + imageBytes;
  const total = files.reduce((sum, file) => sum + file.length / record, 0);
  const pixels = new Uint8Array(total * imageBytes);
  const labels = new Uint8Array(total);
  let image = 0;
  for (const file of files) {
    for (let begin = 0; begin < file.length; begin += record, image++) {
      labels[image] = file[begin + at];
      pixels.set(file.subarray(begin + labelBytes, begin + record), image * imageBytes);
    }
  }
  return { pixels, labels };
}
