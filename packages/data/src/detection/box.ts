/** Edges of a box in pixels. */
export type Box = readonly [x0: number, y0: number, x1: number, y1: number];

/** The box that begins at (x, y). */
export function xywhToXyxy(x: number, y: number, width: number, height: number): Box {
  return [x, y, x + width, y + height];
}

/** The part of a box that lies in the image. */
export function clipBox([x0, y0, x1, y1]: Box, width: number, height: number): Box {
  const clip = (value: number, most: number): number => Math.min(Math.max(value, 0), most);
  return [clip(x0, width), clip(y0, height), clip(x1, width), clip(y1, height)];
}

export function boxArea([x0, y0, x1, y1]: Box): number {
  return Math.max(x1 - x0, 0) * Math.max(y1 - y0, 0);
}
