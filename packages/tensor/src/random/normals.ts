/**
 * Fills `values` with normal numbers, two from each two words by the Box–Muller transform:
 * $\sqrt{-2 \ln u} \, (\cos 2\pi v, \sin 2\pi v)$ with $u$ in (0, 1] and $v$ in [0, 1). They reach 6.66 standard deviations.
 */
export function normals(
  words: Uint32Array,
  values: { [i: number]: number; readonly length: number },
  mean: number,
  std: number,
): void {
  for (let i = 0; i < values.length; i += 2) {
    const radius = std * Math.sqrt(-2 * Math.log((words[i] + 1) * 2 ** -32));
    const angle = 2 * Math.PI * 2 ** -32 * words[i + 1];
    values[i] = mean + radius * Math.cos(angle);
    if (i + 1 < values.length) values[i + 1] = mean + radius * Math.sin(angle);
  }
}
