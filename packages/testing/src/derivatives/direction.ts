import type { Shape } from '@dl/kernels';
import type { SampleInput } from '../record.ts';
import { uniform } from '../sample.ts';

/** A direction in the space of the inputs: one array an input, undefined where that input stays. */
export type Direction = readonly (readonly number[] | undefined)[];

/** A fixed pseudorandom direction that moves the inputs named in `along`. */
export function randomDirection(inputs: readonly SampleInput[], along: readonly number[], seed: number): Direction {
  return inputs.map(({ shape }, i) => (along.includes(i) ? randomLike(shape, seed + i) : undefined));
}

/** Fixed pseudorandom numbers in [-1, 1) that fill `shape`. */
export function randomLike(shape: Shape, seed: number): readonly number[] {
  return uniform(shape, { low: -1, high: 1, seed }).values;
}

/** The direction along one element of one input. */
export function unitDirection(inputs: readonly SampleInput[], input: number, element: number): Direction {
  return inputs.map(({ values }, i) => (i === input ? values.map((_, j) => (j === element ? 1 : 0)) : undefined));
}

/** The inputs, moved by `by` times the direction. */
export function moved(inputs: readonly SampleInput[], direction: Direction, by: number): SampleInput[] {
  return inputs.map((input, i) => {
    const along = direction[i];
    return along === undefined ? input : { ...input, values: input.values.map((value, j) => value + by * along[j]) };
  });
}
