/** Walks through two masks of one size together: `visit` gets each stretch in which neither changes. */
export function overlayRuns(a: Uint32Array, b: Uint32Array, visit: (length: number, inA: boolean, inB: boolean) => void): void {
  let [i, j] = [0, 0];
  let [restA, restB] = [a[0], b[0]];
  for (;;) {
    while (restA === 0 && ++i < a.length) restA = a[i];
    while (restB === 0 && ++j < b.length) restB = b[j];
    if (i >= a.length || j >= b.length) return;
    const length = Math.min(restA, restB);
    visit(length, i % 2 === 1, j % 2 === 1);
    restA -= length;
    restB -= length;
  }
}
