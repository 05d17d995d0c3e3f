import type { DatasetKind } from '@dl/data';

/** What the items of a dataset are called. */
export const unitsOf: { readonly [K in DatasetKind]: string } = {
  images: 'images',
  points: 'points',
  table: 'rows',
  text: 'windows',
};

/** `1 epoch`, `12 epochs`. */
export function plural(count: number, thing: string, things = `${thing}s`): string {
  return `${formatCount(count)} ${count === 1 ? thing : things}`;
}

/** `61,706`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `99.21 %`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** Rows as columns of equal width, two spaces between them. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column].length))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}

/** An option as it is written: `weight-decay`. */
export function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
