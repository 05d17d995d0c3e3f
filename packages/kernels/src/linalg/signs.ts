/**
 * The sign that makes the entry of largest magnitude of each column positive, the first one of equals: singular and eigenvectors are
 * unique up to it, so results are the same everywhere.
 *
 * @param data - columns of `count` entries, `step` apart, the first at `start`
 */
export function signOf(data: Float64Array, start: number, step: number, count: number): 1 | -1 {
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const entry = data[start + i * step];
    // A rounding apart counts as equal, so that which entry decides does not hang on one.
    if (Math.abs(entry) > Math.abs(largest) * (1 + 1e-6)) largest = entry;
  }
  return largest < 0 ? -1 : 1;
}
