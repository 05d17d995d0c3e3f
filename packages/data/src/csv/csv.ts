import { ArgumentError, FormatError, type HostTensor } from '@dl/kernels';
import { ArrayDataset, type ArrayDatasetOptions } from '../datasets/array-dataset.ts';
import { csvRows } from './csv-rows.ts';
import { CsvTable } from './csv-table.ts';

/** Options of {@link csv}. Columns are named by the header or counted from 0. */
export interface CsvOptions {
  /** The column to predict. */
  readonly target: string | number;
  /** Whether the target names classes, which become indices; otherwise it is a number. Default false. */
  readonly classes?: boolean | undefined;
  /** Columns to predict it from, numbers all. Default: all others. */
  readonly features?: ReadonlyArray<string | number> | undefined;
  /** Whether the first row names the columns. Default true. */
  readonly header?: boolean | undefined;
  /** What stands between cells. Default a comma. */
  readonly delimiter?: string | undefined;
  /** Cells that have no value, once spaces about them are gone. Default: empty, `NA`, `NaN` and `?`. */
  readonly missingValues?: readonly string[] | undefined;
  /**
   * What becomes of a row without some value: it is refused, or left out, or its features take the mean of their column. A target is
   * never made up. Default `'error'`.
   */
  readonly missing?: 'error' | 'drop' | 'mean' | undefined;
  /** What the rows are for, such as `'train'` or `'test'`. */
  readonly split?: string | undefined;
}

/** Rows of a table, with the names of what was read. */
export class CsvDataset extends ArrayDataset<{ readonly x: HostTensor; readonly y: HostTensor }> {
  /** Of the columns of x. */
  readonly featureNames: readonly string[];
  /** Of the classes, sorted; empty where the target is a number. */
  override readonly classNames: readonly string[];

  constructor(
    x: HostTensor,
    y: HostTensor,
    featureNames: readonly string[],
    classNames: readonly string[],
    options: ArrayDatasetOptions = {},
  ) {
    super({ x, y }, options);
    this.featureNames = featureNames;
    this.classNames = classNames;
  }
}

/**
 * Reads a table of comma-separated values (RFC 4180: cells may be quoted, and hold commas, quotes and line breaks then).
 *
 * @param source - the text, or a `Blob` or `File` of it; in Node, `await readFile(path, 'utf8')`
 * @returns x float32 `[n, features]`; y int32 `[n]` for classes, float32 `[n, 1]` for numbers
 * @throws {@link FormatError} with line and column when a cell is no number or has no value, or a row is malformed
 * @throws {@link ArgumentError} when there is no such column
 * @example
 * const flowers = await csv('length,kind\n5.1,setosa\n7,"versicolor"', { target: 'kind', classes: true });
 * flowers.classNames // ['setosa', 'versicolor']
 * flowers.get(1).x.data // Float32Array [7]
 */
export async function csv(source: string | Blob, options: CsvOptions): Promise<CsvDataset> {
  const { header = true, delimiter = ',', missingValues = ['', 'NA', 'NaN', '?'], missing = 'error', classes = false } = options;
  if (delimiter.length !== 1 || '"\r\n'.includes(delimiter)) {
    throw new ArgumentError('csv', `delimiter must be one character, no quote or line break, got ${JSON.stringify(delimiter)}`);
  }
  const all = await csvRows(typeof source === 'string' ? source : await source.text(), delimiter);
  if (all.length === 0) throw new FormatError('csv', 'must have a row, got none');
  const names = all[0].cells.map((cell, i) => (header ? cell.trim() : String(i)));
  const target = columnOf(options.target, names);
  const features = options.features?.map((column) => columnOf(column, names)) ?? [...names.keys()].filter((i) => i !== target);
  const table = new CsvTable(all.slice(header ? 1 : 0), names, missingValues);
  if (missing === 'drop') table.dropMissing([target, ...features]);
  const n = table.rows.length;
  const x = new Float32Array(n * features.length);
  features.forEach((column, j) => {
    table.numbers(column, missing === 'mean').forEach((value, i) => {
      x[i * features.length + j] = value;
    });
  });
  const labels = classes ? table.words(target) : [];
  const classNames = [...new Set(labels)].sort();
  const indices = Int32Array.from(labels, (label) => classNames.indexOf(label));
  const y: HostTensor = classes
    ? { shape: [n], dtype: 'int32', data: indices }
    : { shape: [n, 1], dtype: 'float32', data: Float32Array.from(table.numbers(target, false)) };
  const featureNames = features.map((column) => names[column]);
  return new CsvDataset({ shape: [n, features.length], dtype: 'float32', data: x }, y, featureNames, classNames, {
    split: options.split,
    labels: classes ? indices : undefined,
  });
}

function columnOf(column: string | number, names: readonly string[]): number {
  const found = typeof column === 'number' ? column : names.indexOf(column);
  if (!(found in names) || (typeof column === 'string' && names.indexOf(column, found + 1) >= 0)) {
    throw new ArgumentError('csv', `a column must be one of ${names.join(', ')}, got ${column}`);
  }
  return found;
}
