import type { Pair } from '@dl/kernels';

/** Three numbers: along depth, height and width. */
export type Triple = readonly [number, number, number];

/** One number for depth, height and width alike, or one for each. */
export type NumberOrTriple = number | Triple;

/** `[depth, height, width]` of a number or a triple. */
export function tripleOf(value: NumberOrTriple): Triple {
  return typeof value === 'number' ? [value, value, value] : value;
}

/** What a triple says of height and width. */
export function planeOf([, height, width]: Triple): Pair {
  return [height, width];
}
