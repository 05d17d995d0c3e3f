/** A place on the drawing pad: x to the right and y down, both from 0 to 1. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What the pen draws without being lifted; a dot is one point. */
export type Stroke = readonly Point[];
