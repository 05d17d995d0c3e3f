import { createTypedArray, formatShape, type HostTensor, ShapeError, sizeOf } from '@dl/kernels';
import type { Dataset, Stacked } from '../dataset.ts';
import { remember } from '../loader/workers/recipe.ts';
import { checkIndex } from './check-index.ts';
import { digestOf } from './digest.ts';

/** Arrays by field name, as {@link ArrayDataset} holds them. */
export type Fields = Readonly<Record<string, HostTensor>>;

/** What else is known of the rows of an {@link ArrayDataset}. */
export interface ArrayDatasetOptions {
  /** What they are for, such as `'train'` or `'test'`. */
  readonly split?: string | undefined;
  /** Class index by row, where rows have classes. */
  readonly labels?: ArrayLike<number> | undefined;
  /** What the classes are called. */
  readonly classNames?: readonly string[] | undefined;
}

/**
 * Rows of arrays in memory, as PyTorch's `TensorDataset`: item i has row i of every field.
 *
 * @example
 * const points = new ArrayDataset({
 *   x: { shape: [3, 2], dtype: 'float32', data: new Float32Array([0, 0, 0, 1, 1, 1]) },
 *   y: { shape: [3], dtype: 'int32', data: new Int32Array([0, 1, 0]) },
 * });
 * points.get(1).x.data // Float32Array [0, 1]
 */
export class ArrayDataset<F extends Fields> implements Dataset<F> {
  /** Rows, the same in every field. */
  readonly size: number;
  /** The arrays, one axis more than an item has. They are not copied. */
  readonly fields: F;
  /** What the rows are for, such as `'train'` or `'test'`, where that is known. */
  readonly split: string | undefined;
  /** Class index by row, where rows have classes. */
  readonly labels: ArrayLike<number> | undefined;
  /** What the classes are called. */
  readonly classNames: readonly string[] | undefined;

  /**
   * @throws {@link ShapeError} when a field has no axis, another number of rows than the first, or data that do not fill its shape
   */
  constructor(fields: F, { split, labels, classNames }: ArrayDatasetOptions = {}) {
    const sizes = Object.entries(fields).map(([name, field]) => checkField(name, field));
    const other = sizes.findIndex((size) => size !== sizes[0]);
    if (other > 0) {
      const names = Object.keys(fields);
      throw new ShapeError(
        'ArrayDataset',
        `fields must have the same number of rows, got ${sizes[0]} and ${sizes[other]} (${names[0]}, ${names[other]})`,
      );
    }
    this.size = sizes[0] ?? 0;
    this.fields = fields;
    this.split = split;
    this.labels = labels;
    this.classNames = classNames;
    remember(this, 'rows', () => [fields, { split, labels, classNames }]);
  }

  /**
   * Row `index` of every field: views, not copies.
   *
   * @throws ArgumentError for an index outside of the dataset
   */
  get(index: number): F {
    checkIndex('ArrayDataset', index, this.size);
    return this.#mapFields(({ shape, dtype, data }) => {
      const row = sizeOf(shape.slice(1));
      return { shape: shape.slice(1), dtype, data: data.subarray(index * row, (index + 1) * row) };
    }) as F;
  }

  /** The rows at `indices` of every field, copied. */
  getBatch(indices: ArrayLike<number>): Stacked<F> {
    return this.#mapFields(({ shape, dtype, data }) => {
      const row = sizeOf(shape.slice(1));
      const out = createTypedArray(dtype, indices.length * row);
      for (let i = 0; i < indices.length; i++) {
        checkIndex('ArrayDataset', indices[i], this.size);
        out.set(data.subarray(indices[i] * row, (indices[i] + 1) * row), i * row);
      }
      return { shape: [indices.length, ...shape.slice(1)], dtype, data: out };
    });
  }

  /** A SHA-256 of all fields, in hexadecimal. */
  checksum(): Promise<string> {
    return digestOf(this.fields);
  }

  #mapFields(fn: (field: HostTensor) => HostTensor): Stacked<F> {
    return Object.fromEntries(Object.entries(this.fields).map(([name, field]) => [name, fn(field)])) as Stacked<F>;
  }
}

function checkField(name: string, { shape, data }: HostTensor): number {
  if (shape.length === 0) throw new ShapeError('ArrayDataset', `a field must have an axis of rows, got a scalar (${name})`);
  if (data.length !== sizeOf(shape)) {
    throw new ShapeError(
      'ArrayDataset',
      `data must fill the shape, got ${data.length} elements for ${formatShape(shape)} (${name})`,
    );
  }
  return shape[0];
}
