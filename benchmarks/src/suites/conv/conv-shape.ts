/** A convolution of stride 1 that keeps the image's size. */
export interface ConvShape {
  readonly batch: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly size: number;
  readonly kernel: number;
}

/** 64 channels of a residual network. */
export const wide: ConvShape = { batch: 8, inChannels: 64, outChannels: 64, size: 56, kernel: 3 };

/** A first layer on grey images. */
export const first: ConvShape = { batch: 64, inChannels: 1, outChannels: 32, size: 28, kernel: 5 };

/** Shapes of image, weight and result, and the padding. */
export function layout({ batch, inChannels, outChannels, size, kernel }: ConvShape) {
  return {
    x: [batch, inChannels, size, size],
    w: [outChannels, inChannels, kernel, kernel],
    y: [batch, outChannels, size, size],
    padding: (kernel - 1) / 2,
  };
}

/** What a work is called. */
export function nameOf(what: string, { batch, inChannels, outChannels, size, kernel }: ConvShape): string {
  return `${what} ${kernel}×${kernel} ${inChannels}→${outChannels} @${size}² b${batch}`;
}

/** Multiply-adds of the direct algorithm, zeros of the padding included: Winograd does fewer. */
export function gigaflopOf({ batch, inChannels, outChannels, size, kernel }: ConvShape): number {
  return (2 * batch * outChannels * inChannels * (size * kernel) ** 2) / 1e9;
}
