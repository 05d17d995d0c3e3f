import type { GraphNode } from '@dl/autograd';
import { ArgumentError } from '@dl/kernels';
import type { Orientation } from '../layout.ts';
import { colors } from '../svg.ts';

/** Options of {@link toDot} and {@link toSvg}. */
export interface GraphDrawingOptions {
  /** Which way the arrows lead. Default `'topDown'`. */
  readonly orientation?: Orientation | undefined;
}

/** How a node looks: ops are boxes, tensors are rounded. */
export const fills: Readonly<Record<GraphNode['kind'], string>> = {
  op: colors.op,
  input: colors.input,
  output: colors.input,
  parameter: colors.parameter,
  constant: colors.constant,
};

/** @throws {@link ArgumentError} for a word that is no orientation */
export function checkOrientation(op: string, orientation: Orientation): void {
  if (orientation !== 'topDown' && orientation !== 'leftRight') {
    throw new ArgumentError(op, `orientation must be 'topDown' or 'leftRight', got ${String(orientation)}`);
  }
}

/** The extents on an arrow: `1×3×20×20`, or `number` where there are none. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? 'number' : shape.join('×');
}
