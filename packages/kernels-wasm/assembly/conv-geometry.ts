/** Where a loop nest over the matrices of a pointwise convolution is, from the geometry on. */
export const POINTWISE_BATCH: usize = 128;

/** The nest over groups and images: the weights repeat for each image. Strides in elements, see `src/loops.ts`. */
export function writePointwiseBatch(s: Conv, weightStep: i32, imageStep: i32): void {
  const loops = changetype<usize>(s) + POINTWISE_BATCH;
  store<i32>(loops, s.groups);
  store<i32>(loops, weightStep, 4);
  store<i32>(loops, imageStep, 8);
  store<i32>(loops, s.batch, 16);
  store<i32>(loops, 0, 20);
  store<i32>(loops, s.groups * imageStep, 24);
}

/**
 * A 2-D convolution, as the host writes it: 32-bit fields in this order. x `[batch, groups * inChannels, height, width]`,
 * w `[groups * outChannels, inChannels, kernelHeight, kernelWidth]`, y `[batch, groups * outChannels, outHeight, outWidth]`.
 */
@unmanaged
export class Conv {
  batch: i32;
  groups: i32;
  inChannels: i32;
  height: i32;
  width: i32;
  outChannels: i32;
  outHeight: i32;
  outWidth: i32;
  kernelHeight: i32;
  kernelWidth: i32;
  strideY: i32;
  strideX: i32;
  padY: i32;
  padX: i32;
  dilationY: i32;
  dilationX: i32;

  @inline get taps(): i32 {
    return this.kernelHeight * this.kernelWidth;
  }

  @inline get outPixels(): i32 {
    return this.outHeight * this.outWidth;
  }

  @inline get pixels(): i32 {
    return this.height * this.width;
  }

  /** Whether the convolution is a matrix product on the pixels as they lie. */
  @inline get isPointwise(): bool {
    return this.taps == 1 && this.strideY == 1 && this.strideX == 1 && this.padY == 0 && this.padX == 0;
  }
}
