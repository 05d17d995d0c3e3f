import { FormatError } from '@dl/kernels';

/**
 * Undoes the filter of a row, in place.
 *
 * @param above - the row above, unfiltered; zeros above the first
 * @param step - bytes from a pixel to the next, at least 1
 * @throws FormatError for a filter that there is not
 * @see https://www.w3.org/TR/png-3/#9Filters
 */
export function unfilter(op: string, filter: number, row: Uint8Array, above: Uint8Array, step: number): void {
  const n = row.length;
  switch (filter) {
    case 0:
      return;
    case 1:
      for (let i = step; i < n; i++) row[i] += row[i - step];
      return;
    case 2:
      for (let i = 0; i < n; i++) row[i] += above[i];
      return;
    case 3:
      for (let i = 0; i < step && i < n; i++) row[i] += above[i] >> 1;
      for (let i = step; i < n; i++) row[i] += (row[i - step] + above[i]) >> 1;
      return;
    case 4:
      for (let i = 0; i < step && i < n; i++) row[i] += above[i];
      for (let i = step; i < n; i++) row[i] += paeth(row[i - step], above[i], above[i - step]);
      return;
    default:
      throw new FormatError(op, `PNG filters must be 0 to 4, got ${filter}`);
  }
}

/** Of left, above and above left, the one that is nearest to left + above - above left. */
export function paeth(left: number, above: number, corner: number): number {
  const toLeft = Math.abs(above - corner);
  const toAbove = Math.abs(left - corner);
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
