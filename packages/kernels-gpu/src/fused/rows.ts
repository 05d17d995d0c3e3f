import type { Shape } from '@dl/kernels';

/**
 * Sets of elements, each of which becomes one texel: row $r$ begins at $\lfloor r / inner \rfloor \cdot outer + r \bmod inner$ and has
 * `segments` runs, `hop` apart, of `extent` elements, `stride` apart. There is one run unless `stride` is 1.
 */
export interface Rows {
  readonly count: number;
  readonly inner: number;
  readonly outer: number;
  readonly segments: number;
  readonly hop: number;
  readonly extent: number;
  readonly stride: number;
}

/** Lines along the middle axis of `[outer, extent, inner]`. */
export function linesOf([outer, extent, inner]: Shape): Rows {
  return { count: outer * inner, inner, outer: extent * inner, segments: 1, hop: 0, extent, stride: inner };
}

/** Channels of `[images, channels, pixels]`. */
export function channelsOf([images, channels, pixels]: Shape): Rows {
  if (pixels === 1) return linesOf([1, images, channels]);
  return { count: channels, inner: 1, outer: pixels, segments: images, hop: channels * pixels, extent: pixels, stride: 1 };
}
