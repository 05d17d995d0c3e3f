import { formatShape, ShapeError, sameShape } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';

/**
 * Refuses outputs and targets of different shapes: nothing is broadcast.
 *
 * @throws {@link ShapeError} saying both
 */
export function checkSameShape(op: string, output: Tensor, target: Tensor): void {
  if (sameShape(output.shape, target.shape)) return;
  throw new ShapeError(
    op,
    `output and target must have one shape, got ${formatShape(output.shape)} and ${formatShape(target.shape)}`,
  );
}
