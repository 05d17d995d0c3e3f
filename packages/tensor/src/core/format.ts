import { type DType, isFloat, stridesOf } from '@dl/kernels';
import type { Tensor } from './tensor.ts';

/** Options of {@link format}. */
export interface FormatOptions {
  /** Digits after the point. Default 4. */
  readonly precision?: number | undefined;
  /** More elements than this are summarised. Default 1000. */
  readonly threshold?: number | undefined;
  /** How many a summarised axis shows at each end. Default 3. */
  readonly edgeItems?: number | undefined;
  /** Where rows are broken. Default 80 characters. */
  readonly lineWidth?: number | undefined;
}

/**
 * The values of a tensor as text: brackets an axis, columns aligned, the middle of a large tensor's axes left out, as PyTorch and NumPy
 * print them. Numbers are in scientific notation where the largest and the smallest are far apart.
 *
 * @param x - any shape and dtype
 * @example
 * await format(tensor([[1, 2.5], [-3, 4]]), { precision: 1 }) // '[[ 1.0,  2.5],\n [-3.0,  4.0]]'
 * const many = tensor(Int32Array.from({ length: 2000 }, (_, i) => i));
 * await format(many) // '[   0,    1,    2, ..., 1997, 1998, 1999]'
 */
export async function format(x: Tensor, options: FormatOptions = {}): Promise<string> {
  const { precision = 4, threshold = 1000, edgeItems = 3, lineWidth = 80 } = options;
  const data = await x.data();
  const strides = stridesOf(x.shape);
  const shown = x.shape.map((extent) => positions(extent, data.length > threshold ? edgeItems : extent));
  const values = shown
    .reduce(
      (offsets, places, axis) =>
        outerSums(
          offsets,
          places.map((i) => i * strides[axis]),
        ),
      [0],
    )
    .map((i) => data[i]);
  const texts = columns(values, x.dtype, precision);
  let next = 0;
  const layOut = (axis: number): string => {
    if (axis === x.rank) return texts[next++];
    const items: string[] = [];
    shown[axis].forEach((place, i) => {
      if (i > 0 && place > shown[axis][i - 1] + 1) items.push('...');
      items.push(layOut(axis + 1));
    });
    const isRow = axis === x.rank - 1;
    return `[${isRow ? wrap(items, axis + 1, lineWidth) : items.join(`,${'\n'.repeat(x.rank - 1 - axis)}${' '.repeat(axis + 1)}`)}]`;
  };
  return layOut(0);
}

/** The positions of an axis that are shown: `edge` at each end. */
function positions(extent: number, edge: number): number[] {
  const all = Array.from({ length: extent }, (_, i) => i);
  return extent <= 2 * edge ? all : [...all.slice(0, edge), ...all.slice(extent - edge)];
}

function outerSums(a: readonly number[], b: readonly number[]): number[] {
  return a.flatMap((x) => b.map((y) => x + y));
}

function columns(values: readonly number[], dtype: DType, precision: number): string[] {
  const show = isFloat(dtype)
    ? floatFormat(values, precision)
    : dtype === 'bool'
      ? (value: number) => String(value !== 0)
      : String;
  const texts = values.map(show);
  const width = texts.reduce((longest, text) => Math.max(longest, text.length), 0);
  return texts.map((text) => text.padStart(width));
}

/** One notation for all, chosen by PyTorch's thresholds. */
function floatFormat(values: readonly number[], precision: number): (value: number) => string {
  const sizes = values.filter((value) => Number.isFinite(value) && value !== 0).map(Math.abs);
  const least = sizes.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = sizes.reduce((a, b) => Math.max(a, b), 0);
  const isWhole = sizes.every(Number.isInteger);
  const isScientific = most >= 1e8 || (!isWhole && (least < 1e-4 || most / least > 1000));
  return (value) => {
    if (Number.isNaN(value)) return 'nan';
    if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
    if (isScientific) return value.toExponential(precision);
    return isWhole ? `${value}.` : value.toFixed(precision);
  };
}

/** Items in lines of at most `lineWidth`, indented under the first. */
function wrap(items: readonly string[], indent: number, lineWidth: number): string {
  const lines = [''];
  for (const [i, item] of items.entries()) {
    const text = i < items.length - 1 ? `${item},` : item;
    const line = lines[lines.length - 1];
    if (line !== '' && indent + line.length + 1 + text.length > lineWidth) lines.push(text);
    else lines[lines.length - 1] = line === '' ? text : `${line} ${text}`;
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}
