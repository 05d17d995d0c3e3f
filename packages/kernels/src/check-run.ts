import type { KernelName } from './attrs.ts';
import type { TensorSpec } from './backend.ts';
import type { DType, TypedArray } from './dtype.ts';
import { ArgumentError, BackendError } from './errors.ts';
import { requiredDTypes } from './required.ts';
import { formatShape, sizeOf } from './shape.ts';

/**
 * Refuses to run a kernel on elements that a backend does not take.
 *
 * @param backend - the name of the backend, for the message
 * @param inputs - of which the elements decide, not the indices and conditions beside them; where there are none, the output does
 * @param more - dtypes that the backend takes beside those that every backend owes
 * @throws {@link BackendError} naming the dtypes that are taken
 */
export function checkRunDType(
  backend: string,
  kernel: KernelName,
  inputs: readonly TensorSpec[],
  out: TensorSpec,
  more: readonly DType[] = [],
): void {
  const index = kernel === 'scatterAdd' || kernel === 'indexAdd' || kernel === 'select' ? 1 : 0;
  const dtype = inputs.length > index ? inputs[index].dtype : out.dtype;
  const supported = [...requiredDTypes[kernel], ...more];
  const isOut = out.dtype !== 'float64' || supported.includes('float64');
  if (supported.includes(dtype) && isOut) return;
  const got = supported.includes(dtype) ? out.dtype : dtype;
  throw new BackendError(
    kernel,
    `dtype must be one of ${supported.join(', ')} on the ${backend} backend, got ${got} (cast first)`,
  );
}

/**
 * Refuses elements that do not fill their shape.
 *
 * @throws {@link ArgumentError} with both lengths
 */
export function checkUpload(data: TypedArray, { shape }: TensorSpec): void {
  if (data.length === sizeOf(shape)) return;
  throw new ArgumentError('upload', `data must fill the shape, got ${data.length} elements and ${formatShape(shape)}`);
}
