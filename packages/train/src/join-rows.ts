import { createTypedArray, formatShape, type HostTensor, ShapeError, sameShape } from '@dl/kernels';

/**
 * Arrays one after the other along their first axis.
 *
 * @param parts - at least one, of one dtype
 * @throws {@link ShapeError} when they differ in more than their first axis, or have none
 */
export function joinRows(op: string, parts: readonly HostTensor[]): HostTensor {
  const [{ shape, dtype }] = parts;
  for (const part of parts) {
    if (part.shape.length === 0 || !sameShape(part.shape.slice(1), shape.slice(1)))
      throw new ShapeError(op, `outputs must be [n, ...] alike, got ${formatShape(shape)} and ${formatShape(part.shape)}`);
  }
  const data = createTypedArray(
    dtype,
    parts.reduce((size, part) => size + part.data.length, 0),
  );
  let begin = 0;
  for (const part of parts) {
    data.set(part.data, begin);
    begin += part.data.length;
  }
  return { shape: [parts.reduce((rows, part) => rows + part.shape[0], 0), ...shape.slice(1)], dtype, data };
}
