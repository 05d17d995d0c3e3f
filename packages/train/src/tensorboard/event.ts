/** How values are spread, in TensorFlow's buckets; see {@link bucketHistogram}. */
export interface BucketHistogram {
  readonly min: number;
  readonly max: number;
  /** How many values there were. */
  readonly count: number;
  readonly sum: number;
  readonly sumSquares: number;
  /** Upper ends of the buckets, rising; a value on one belongs to the bucket above. */
  readonly limits: readonly number[];
  /** Values in each bucket. */
  readonly counts: readonly number[];
}

/** A picture for TensorBoard. */
export interface EncodedImage {
  readonly width: number;
  readonly height: number;
  /** 1 for grey, 2 with alpha, 3 for RGB, 4 with alpha. */
  readonly channels: number;
  /** A PNG file. */
  readonly png: Uint8Array;
}

/** One thing that an event shows, under a tag: TensorBoard groups tags by what stands before the first `/`. */
export type SummaryValue =
  | { readonly kind: 'scalar'; readonly tag: string; readonly value: number }
  | { readonly kind: 'histogram'; readonly tag: string; readonly histogram: BucketHistogram }
  | { readonly kind: 'image'; readonly tag: string; readonly image: EncodedImage }
  | { readonly kind: 'text'; readonly tag: string; readonly text: string }
  /** Of other writers: what is not read here, such as audio. */
  | { readonly kind: 'other'; readonly tag: string };

/** One record of an event file. */
export interface TensorBoardEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  /** Of the first event of a file: `'brain.Event:2'`. */
  readonly fileVersion?: string | undefined;
  /** A run begins here, or goes on: TensorBoard forgets what it has seen at this step and after it. */
  readonly sessionStart?: boolean | undefined;
  readonly values: readonly SummaryValue[];
}
