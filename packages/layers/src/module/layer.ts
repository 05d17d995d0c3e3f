import type { Rng, Tensor } from '@dl/tensor';
import type { Module } from './module.ts';

/** How a forward pass is run. The mode is an argument, not hidden state: a module has no `train()` and `eval()`. */
export interface ForwardOptions {
  /** Whether dropout drops and normalisation uses the batch's own statistics. Default `false`. */
  readonly training?: boolean | undefined;
  /** Where random layers draw from. Default: the default generator, which `manualSeed` seeds. */
  readonly rng?: Rng | undefined;
}

/** A module from one tensor to one tensor: what {@link Sequential} chains. */
export interface Layer extends Module {
  forward(x: Tensor, options?: ForwardOptions): Tensor;
}
