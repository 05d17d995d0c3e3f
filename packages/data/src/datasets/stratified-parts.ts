import { ArgumentError } from '@dl/kernels';
import { streams } from '../random/host-random.ts';
import { permutation } from '../random/permutation.ts';

/**
 * Indices dealt to parts of the given sizes so that each part has each class in proportion, give or take an item or two: the classes
 * stand in a row, shuffled, and each item goes to the part that is furthest behind.
 *
 * @throws ArgumentError when there is not one label for each item
 */
export function stratifiedParts(labels: ArrayLike<number>, size: number, sizes: readonly number[], seed: number): Uint32Array[] {
  if (labels.length !== size) throw new ArgumentError('split', `stratify must have ${size} labels, got ${labels.length}`);
  const byClass = new Map<number, number[]>();
  for (let i = 0; i < size; i++) {
    const members = byClass.get(labels[i]);
    if (members === undefined) byClass.set(labels[i], [i]);
    else members.push(i);
  }
  const parts = sizes.map((count) => ({ indices: new Uint32Array(count), used: 0 }));
  let dealt = 0;
  let row = 1;
  for (const [, members] of [...byClass].sort(([a], [b]) => a - b)) {
    for (const at of permutation(members.length, seed, streams.split, row++)) {
      dealt++;
      const behind = parts.map(({ indices, used }) =>
        used < indices.length ? (indices.length * dealt) / size - used : -Infinity,
      );
      const part = parts[behind.indexOf(Math.max(...behind))];
      part.indices[part.used++] = members[at];
    }
  }
  return parts.map(({ indices }) => permutation(indices.length, seed, streams.split, row++).map((at) => indices[at]));
}
