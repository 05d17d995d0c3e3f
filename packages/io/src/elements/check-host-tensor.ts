import {
  ArgumentError,
  checkShape,
  createTypedArray,
  DTypeError,
  formatShape,
  type HostTensor,
  ShapeError,
  sizeOf,
} from '@dl/kernels';

/**
 * Refuses a tensor that does not hold what it says.
 *
 * @param place - what the message shows in brackets: `tensor 'x'`
 */
export function checkHostTensor(op: string, place: string, { shape, dtype, data }: HostTensor): void {
  checkShape(op, shape);
  if (data.constructor !== createTypedArray(dtype, 0).constructor) {
    throw new DTypeError(op, `data must be the array of its dtype, got ${data.constructor.name} for ${dtype} (${place})`);
  }
  if (data.length !== sizeOf(shape)) {
    throw new ShapeError(op, `data must fill the shape, got ${data.length} elements for ${formatShape(shape)} (${place})`);
  }
  if (dtype === 'bool' && data.some((value) => value > 1)) {
    throw new ArgumentError(op, `bool elements must be 0 or 1, got ${data.find((value) => value > 1)} (${place})`);
  }
}
