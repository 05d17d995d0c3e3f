import type { Pair, Pool2dShapeAttrs } from '@dl/kernels';
import { type NumberOrPair, pairOf } from '../conv/pair.ts';

/** How a pooling window slides: a number serves height and width, a pair says `[height, width]`. */
export interface Pool2dOptions {
  /** Default: the kernel size, so that windows do not overlap. */
  readonly stride?: NumberOrPair | undefined;
  /** On both sides, at most half of the kernel; never part of a maximum. Default 0. */
  readonly padding?: NumberOrPair | undefined;
  /** Whether a last window that hangs over the end counts. Default `false`. */
  readonly ceilMode?: boolean | undefined;
}

/** Options of max pooling. */
export interface MaxPool2dOptions extends Pool2dOptions {
  /** Distance between the pixels of a window. Default 1. */
  readonly dilation?: NumberOrPair | undefined;
}

/** All attributes of a pooling, defaults filled in. */
export function poolAttrs(kernelSize: NumberOrPair, options: MaxPool2dOptions): Pool2dShapeAttrs {
  const { stride = kernelSize, padding = 0, dilation = 1, ceilMode = false } = options;
  return {
    kernelSize: pairOf(kernelSize),
    stride: pairOf(stride),
    padding: pairOf(padding),
    dilation: pairOf(dilation),
    ceilMode,
  };
}

/** The pair that lets a 1-D pooling run along the width of an image of height 1. */
export function alongWidth(value: number | undefined, height: number): Pair | undefined {
  return value === undefined ? undefined : [height, value];
}
