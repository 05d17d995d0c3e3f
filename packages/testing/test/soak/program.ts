import type { DType, Shape } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';

/** A whole number from `least` to `most`. */
export type Draw = (least: number, most: number) => number;

/** An input of a program: floats in `range`, or indices below `extent`. */
export interface ProgramInput {
  readonly shape: Shape;
  readonly dtype: Extract<DType, 'float32' | 'int32' | 'bool'>;
  readonly range: readonly [number, number];
}

/** Ops on random shapes. The floats among its inputs are what gradients are taken by. */
export interface Program {
  readonly name: string;
  readonly inputs: readonly ProgramInput[];
  run(...inputs: readonly Tensor[]): Tensor;
}

export type Maker = (draw: Draw) => Program;

/** Floats of `shape`. */
export function floats(shape: Shape, low = -2, high = 2): ProgramInput {
  return { shape, dtype: 'float32', range: [low, high] };
}

/** Indices from 0 to `extent` - 1. */
export function indices(shape: Shape, extent: number): ProgramInput {
  return { shape, dtype: 'int32', range: [0, extent] };
}

export function booleans(shape: Shape): ProgramInput {
  return { shape, dtype: 'bool', range: [0, 2] };
}

export function pick<T>(draw: Draw, choices: readonly T[]): T {
  return choices[draw(0, choices.length - 1)];
}

/** A shape of `least` to `most` axes; one in twenty is large enough for several threads. */
export function anyShape(draw: Draw, least = 0, most = 4): number[] {
  const rank = draw(least, most);
  if (rank > 0 && draw(0, 19) === 0) return [...new Array<number>(rank - 1).fill(3), draw(3_000, 20_000)];
  return Array.from({ length: rank }, () => draw(1, rank < 3 ? 40 : 7));
}
