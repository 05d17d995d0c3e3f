/** Pixels to look at. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** 1 of grey, or 3 of red, green and blue. */
  readonly channels: 1 | 3;
  /** Row by row, the channels of a pixel next to each other. */
  readonly bytes: Uint8Array;
}
