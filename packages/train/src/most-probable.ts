/** The place of the largest value, of several the first; of the first NaN where there is one, as {@link argMax} has it. */
export function mostProbable(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) return i;
    if (values[i] > values[best]) best = i;
  }
  return best;
}
