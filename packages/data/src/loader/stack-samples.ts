import { ArgumentError, createTypedArray, formatShape, type HostTensor, ShapeError, sameShape } from '@dl/kernels';
import type { Stacked } from '../dataset.ts';

const op = 'stackSamples';

/**
 * Stacks items field by field: arrays of one shape get a leading batch axis, integers become an int32 array `[n]`. What a
 * {@link DataLoader} does where neither the dataset nor an option says otherwise.
 *
 * @param samples - at least one
 * @throws ShapeError when the arrays of a field differ in shape or dtype
 * @throws ArgumentError when a field is neither an array nor an int32 number: give a real number as
 *   `{ shape: [], dtype: 'float32', data }`, or write a `collate`
 * @example
 * stackSamples([{ label: 3 }, { label: 5 }]).label.data // Int32Array [3, 5]
 */
export function stackSamples<T extends { readonly [K in keyof T]: number | HostTensor }>(samples: readonly T[]): Stacked<T> {
  return stackRows(samples) as Stacked<T>;
}

/** As {@link stackSamples}, for items whose type is known at run time only. */
export function stackRows(samples: readonly unknown[]): Readonly<Record<string, HostTensor>> {
  const rows = samples.map(checkRow);
  const stacked = Object.keys(rows[0]).map((name) => {
    const column = rows.map((row) => row[name]);
    return [name, typeof column[0] === 'number' ? stackIntegers(name, column) : stackArrays(name, column)];
  });
  return Object.fromEntries(stacked);
}

function checkRow(sample: unknown): Readonly<Record<string, unknown>> {
  if (typeof sample !== 'object' || sample === null) {
    throw new ArgumentError(op, `an item must be an object of fields, got ${typeof sample} (write a collate)`);
  }
  return { ...sample };
}

function stackIntegers(name: string, column: readonly unknown[]): HostTensor {
  const bad = column.find((value) => typeof value !== 'number' || (value | 0) !== value);
  if (bad !== undefined) throw new ArgumentError(op, `numbers must be int32, got ${bad} (field '${name}')`);
  return { shape: [column.length], dtype: 'int32', data: Int32Array.from(column as readonly number[]) };
}

function stackArrays(name: string, column: readonly unknown[]): HostTensor {
  const first = column[0];
  if (!isHostTensor(first))
    throw new ArgumentError(op, `a field must be an integer or an array, got ${typeof first} (field '${name}')`);
  const { shape, dtype } = first;
  const out = createTypedArray(dtype, column.length * first.data.length);
  column.forEach((item, i) => {
    if (!isHostTensor(item) || item.dtype !== dtype || !sameShape(item.shape, shape)) {
      const got = isHostTensor(item) ? `${item.dtype} ${formatShape(item.shape)}` : typeof item;
      throw new ShapeError(
        op,
        `arrays must have one shape and dtype, got ${dtype} ${formatShape(shape)} and ${got} (field '${name}')`,
      );
    }
    out.set(item.data, i * first.data.length);
  });
  return { shape: [column.length, ...shape], dtype, data: out };
}

/** Whether a value of a sample or a batch is an array for a tensor. */
export function isHostTensor(value: unknown): value is HostTensor {
  return (
    typeof value === 'object' &&
    value !== null &&
    'shape' in value &&
    'dtype' in value &&
    'data' in value &&
    ArrayBuffer.isView(value.data)
  );
}
