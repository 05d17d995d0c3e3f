/** The place inside of `[0, extent)` that is seen at `place` when the line is mirrored at its outermost places. */
export function mirrored(place: number, extent: number): number {
  const period = Math.max(1, 2 * (extent - 1));
  const phase = ((place % period) + period) % period;
  return Math.min(phase, period - phase) % extent;
}
