/** A function's value and slope at a place on a line. */
export interface LinePoint {
  readonly t: number;
  readonly loss: number;
  readonly slope: number;
}

/**
 * The minimum, within bounds, of the cubic through two points with their slopes; the middle of the bounds where it has none.
 *
 * @see Nocedal & Wright, Numerical optimization, 2006, eq. 3.59
 */
export function cubicInterpolate(a: LinePoint, b: LinePoint, bounds?: readonly [number, number]): number {
  const [left, right] = a.t <= b.t ? [a, b] : [b, a];
  const [least, most] = bounds ?? [left.t, right.t];
  const d1 = left.slope + right.slope - (3 * (left.loss - right.loss)) / (left.t - right.t);
  const d2Square = d1 ** 2 - left.slope * right.slope;
  if (!(d2Square >= 0)) return (least + most) / 2;
  const d2 = Math.sqrt(d2Square);
  const place = right.t - (right.t - left.t) * ((right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2));
  return Math.min(Math.max(place, least), most);
}
