import type { Tensor } from '@dl/tensor';

/**
 * How an {@link AveragedModel} takes in the next weights: from the average so far, the weights now, and how many have been averaged, at
 * least 1.
 */
export type AverageFn = (averaged: Tensor, current: Tensor, nAveraged: number) => Tensor;
