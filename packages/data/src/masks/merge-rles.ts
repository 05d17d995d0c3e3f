import { ArgumentError, ShapeError } from '@dl/kernels';
import { overlayRuns } from './overlay-runs.ts';
import type { Rle } from './rle.ts';
import { checkedCounts } from './rle-counts.ts';

/** Options of {@link mergeRles}. */
export interface MergeRlesOptions {
  /** Only what is in all of the masks, instead of what is in any. Default false. */
  readonly intersect?: boolean | undefined;
}

/**
 * The union of masks, or their intersection.
 *
 * @param rles - at least one, all of one size
 * @throws {@link ShapeError} when the sizes differ
 * @throws {@link ArgumentError} when there is none
 * @throws FormatError when a mask is malformed, see {@link rleCounts}
 * @example
 * const left: Rle = { size: [2, 3], counts: [0, 2, 4] };
 * const lower: Rle = { size: [2, 3], counts: [1, 1, 1, 1, 1, 1] };
 * mergeRles([left, lower]).counts // [0, 2, 1, 1, 1, 1]
 * mergeRles([left, lower], { intersect: true }).counts // [1, 1, 4]
 */
export function mergeRles(rles: readonly Rle[], { intersect = false }: MergeRlesOptions = {}): Rle {
  const op = 'mergeRles';
  if (rles.length === 0) throw new ArgumentError(op, 'there must be a mask, got none');
  const { size } = rles[0];
  const merged = rles
    .map((rle) => {
      checkSameSize(op, size, rle.size);
      return checkedCounts(op, rle);
    })
    .reduce((a, b) => mergeRuns(a, b, intersect));
  return { size, counts: Array.from(merged) };
}

/** Refuses masks of two sizes. */
export function checkSameSize(op: string, a: Rle['size'], b: Rle['size']): void {
  if (a[0] !== b[0] || a[1] !== b[1]) {
    throw new ShapeError(op, `masks must have one size, got [${a.join(', ')}] and [${b.join(', ')}]`);
  }
}

function mergeRuns(a: Uint32Array, b: Uint32Array, intersect: boolean): Uint32Array {
  const counts = [0];
  overlayRuns(a, b, (length, inA, inB) => {
    const inside = intersect ? inA && inB : inA || inB;
    if (inside === (counts.length % 2 === 0)) counts[counts.length - 1] += length;
    else counts.push(length);
  });
  return Uint32Array.from(counts);
}
