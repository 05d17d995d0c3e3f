import type { Backend, DType, Shape, TypedArray } from '@dl/kernels';
import { ArgumentError, checkShape, createTypedArray, formatShape, ShapeError, sizeOf } from '@dl/kernels';
import { currentBackend } from './backend.ts';
import { explain } from './out-of-memory.ts';
import { Tensor } from './tensor.ts';

/** Nested arrays of numbers or booleans, one level an axis. */
export type NestedArray = number | boolean | readonly NestedArray[];

/** What {@link tensor} takes: numbers, nested arrays of them, or a typed array. */
export type TensorData = NestedArray | TypedArray | Uint8ClampedArray | Int8Array | Int16Array | Uint16Array;

/** Options of {@link tensor}. */
export interface TensorOptions {
  /** Default: the nesting of the data; a typed array is one axis. */
  readonly shape?: Shape | undefined;
  /** Default: bool for booleans, float32 for numbers and float arrays, uint8 and int32 for integer arrays. */
  readonly dtype?: DType | undefined;
  /** Default: the one chosen with {@link useBackend}. */
  readonly backend?: Backend | undefined;
}

/**
 * A tensor from values on the host; they are copied.
 *
 * @throws {@link ShapeError} when rows differ in length or the values do not fill `shape`
 * @throws {@link ArgumentError} for an extent that is no non-negative integer
 * @example
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * x.shape // [2, 3]
 * tensor(new Uint8Array([1, 0]), { dtype: 'bool' }).dtype // 'bool'
 */
export function tensor(data: TensorData, options: TensorOptions = {}): Tensor {
  const backend = options.backend ?? currentBackend();
  const source = ArrayBuffer.isView(data) ? fromTypedArray(data) : fromNested(data);
  const dtype = options.dtype ?? source.dtype;
  const shape = options.shape ?? source.shape;
  checkShape('tensor', shape);
  if (sizeOf(shape) !== source.values.length) {
    throw new ShapeError('tensor', `values must fill the shape, got ${source.values.length} values for ${formatShape(shape)}`);
  }
  const values = convert(source.values, source.dtype, dtype);
  try {
    return new Tensor(backend, backend.upload(values, { shape, dtype }), [...shape], dtype);
  } catch (error) {
    throw explain('tensor', error);
  }
}

interface Source {
  readonly values: ArrayLike<number>;
  readonly shape: Shape;
  readonly dtype: DType;
}

function fromTypedArray(data: Exclude<TensorData, NestedArray>): Source {
  return { values: data, shape: [data.length], dtype: dtypeOf(data) };
}

function dtypeOf(data: Exclude<TensorData, NestedArray>): DType {
  if (data instanceof Float32Array || data instanceof Float64Array) return 'float32';
  return data instanceof Uint8Array || data instanceof Uint8ClampedArray ? 'uint8' : 'int32';
}

function fromNested(data: NestedArray): Source {
  const shape: number[] = [];
  for (let level: NestedArray = data; typeof level === 'object'; level = level[0]) {
    shape.push(level.length);
    if (level.length === 0) break;
  }
  const values: number[] = [];
  const seen = { boolean: false, number: false };
  flatten(data, 0, shape, values, seen);
  return { values, shape, dtype: seen.boolean && !seen.number ? 'bool' : 'float32' };
}

function flatten(
  data: NestedArray,
  axis: number,
  shape: Shape,
  values: number[],
  seen: { boolean: boolean; number: boolean },
): void {
  if (typeof data !== 'object') {
    if (axis !== shape.length)
      throw new ShapeError('tensor', `rows must be nested equally deep, got a value at depth ${axis} of ${shape.length}`);
    if (typeof data === 'boolean') seen.boolean = true;
    else if (typeof data === 'number') seen.number = true;
    else throw new ArgumentError('tensor', `values must be numbers or booleans, got ${typeof data}`);
    values.push(Number(data));
    return;
  }
  if (axis >= shape.length || data.length !== shape[axis]) {
    throw new ShapeError(
      'tensor',
      `rows must be equally long, got ${data.length} and ${shape[axis] ?? 'a value'} at axis ${axis}`,
    );
  }
  for (const item of data) flatten(item, axis + 1, shape, values, seen);
}

function convert(values: ArrayLike<number>, from: DType, to: DType): TypedArray {
  // The backend copies: what stores the dtype already goes as it is.
  if (from === to && isTypedArrayOf(values, to)) return values;
  const out = createTypedArray(to, values.length);
  if (to === 'bool') for (let i = 0; i < values.length; i++) out[i] = values[i] !== 0 ? 1 : 0;
  else if (from === to || to === 'float32' || to === 'float64') out.set(values);
  else for (let i = 0; i < values.length; i++) out[i] = saturate(values[i], to);
  return out;
}

function isTypedArrayOf(values: ArrayLike<number>, dtype: DType): values is TypedArray {
  return dtype !== 'bool' && values.constructor === createTypedArray(dtype, 0).constructor;
}

function saturate(value: number, dtype: DType): number {
  const [low, high] = dtype === 'uint8' ? [0, 255] : [-2147483648, 2147483647];
  return Number.isNaN(value) ? 0 : Math.min(high, Math.max(low, Math.trunc(value)));
}
