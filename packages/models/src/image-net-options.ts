import type { Rng } from '@dl/tensor';

/** What every network for ImageNet is told. */
export interface ImageNetOptions {
  /** Channels of the image. Default 3. */
  readonly inChannels?: number | undefined;
  /** Default 1000. */
  readonly classes?: number | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}
