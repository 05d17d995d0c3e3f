/**
 * The name that needs the fewest letters changed, inserted, left out or swapped with their neighbour to become `wanted`; none where a third of
 * them would be. For messages that say which name was meant.
 *
 * @example
 * nearestName('resnt50', ['resnet18', 'resnet50']) // 'resnet50'
 * nearestName('transformer', ['resnet18', 'resnet50']) // undefined
 */
export function nearestName(wanted: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, distance: editDistance(wanted.toLowerCase(), name) }))
    .filter(({ name, distance }) => distance <= Math.max(wanted.length, name.length) / 3)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.name;
}

/** Levenshtein's with swaps of neighbours (optimal string alignment), a row at a time. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2] + 1 : Infinity;
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1), swapped));
    }
    before = row;
    row = next;
  }
  return row[b.length];
}
