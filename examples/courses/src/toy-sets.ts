import { Rng } from '@dl/tensor';
import type { Place } from './plot.ts';

/** What asks more and more of a boundary: a line, two lines, a closed curve, a long winding one. */
export type ToySetName = 'two classes' | 'XOR' | 'rings' | 'spirals';

/** Points of the plane in two classes. */
export interface ToySet {
  readonly name: ToySetName;
  readonly points: readonly Place[];
  readonly labels: readonly (0 | 1)[];
}

type Draw = (label: 0 | 1, uniform: () => number) => Place;

/** A point of a class; all lie within ±1. */
const draws: Readonly<Record<ToySetName, Draw>> = {
  'two classes': (label, uniform) => cloud([label === 0 ? -0.4 : 0.4, label === 0 ? -0.3 : 0.35], 0.34, uniform),
  XOR: (label, uniform) => {
    const side = uniform() < 0.5 ? -1 : 1;
    return cloud([0.5 * side, 0.5 * (label === 0 ? side : -side)], 0.36, uniform);
  },
  rings: (label, uniform) => polar((label === 0 ? 0.3 : 0.8) + 0.14 * (uniform() - 0.5), 2 * Math.PI * uniform()),
  spirals: (label, uniform) => {
    const way = Math.sqrt(uniform());
    return polar(0.08 + 0.86 * way, 2.7 * Math.PI * way + Math.PI * label + 0.16 * (uniform() - 0.5));
  },
};

/** The toy sets by name. */
export const toySetNames: readonly ToySetName[] = ['two classes', 'XOR', 'rings', 'spirals'];

/** Points of a toy set, the classes in turn; equal seeds give equal points. */
export function toySet(name: ToySetName, size = 120, seed = 1): ToySet {
  const rng = new Rng(seed);
  const labels = Array.from({ length: size }, (_, i): 0 | 1 => (i % 2 === 0 ? 0 : 1));
  return { name, labels, points: labels.map((label) => draws[name](label, () => rng.next())) };
}

const polar = (radius: number, angle: number): Place => [radius * Math.cos(angle), radius * Math.sin(angle)];

function cloud([x, y]: Place, radius: number, uniform: () => number): Place {
  const [dx, dy] = polar(radius * Math.sqrt(uniform()), 2 * Math.PI * uniform());
  return [x + dx, y + dy];
}
