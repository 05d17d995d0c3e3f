const most = 4096;

/** At most 4,096 of the elements, evenly spread; the odd stride meets all columns of a matrix. `sample` of pytorch.py is its twin. */
export function sample(all: ArrayLike<number>): number[] {
  const stride = Math.ceil(all.length / most) | 1;
  return Array.from({ length: Math.ceil(all.length / stride) }, (_, i) => all[i * stride]);
}

/** How far `theirs` is from `ours`: the greatest difference, in units of the root mean square of `ours`. Infinite where there is no telling. */
export function distance(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length || ours.length === 0) return Number.POSITIVE_INFINITY;
  const greatest = ours.reduce((so, value, i) => Math.max(so, Math.abs(value - theirs[i])), 0);
  const size = Math.sqrt(ours.reduce((total, value) => total + value * value, 0) / ours.length);
  const relative = greatest === 0 ? 0 : greatest / size;
  return Number.isNaN(relative) ? Number.POSITIVE_INFINITY : relative;
}
