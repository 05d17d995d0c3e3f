import { ArgumentError, DTypeError, formatShape, isFloat, ShapeError } from '@dl/kernels';
import { alias, cast, equal, reshape, slice, softmax, type Tensor } from '@dl/tensor';
import { classTarget } from './class-target.ts';

/** Scores of a class against the others, and 1 where it is the truth. */
export type BinaryRows = { readonly scores: Tensor; readonly truth: Tensor };

/**
 * What a batch says about one class: its scores `[n]` against 0 and 1, or the probabilities of column `positive` of logits `[n, c]`.
 *
 * @throws {@link ShapeError}, {@link DTypeError} or {@link ArgumentError} saying what was expected
 */
export function binaryScores(op: string, output: Tensor, target: Tensor, positive: number | undefined): BinaryRows {
  if (isColumn(output)) return column(op, output, target);
  const classes = output.shape[1];
  if (output.rank !== 2) throw new ShapeError(op, `scores must be [n] or [n, c], got ${formatShape(output.shape)}`);
  if (positive === undefined || !Number.isInteger(positive) || positive < 0 || positive >= classes) {
    throw new ArgumentError(op, `positive must be one of ${classes} classes, got ${positive}`);
  }
  const probabilities = slice(softmax(output, 1), [null, [positive, positive + 1]]);
  return { scores: flatten(probabilities), truth: cast(equal(classTarget(op, output, target), positive), 'int32') };
}

/** One axis, and a handle of its own: the batch is its loader's to free. */
function flatten(x: Tensor): Tensor {
  return alias(reshape(x, [x.size]));
}

/** Whether there is one score a sample. */
export function isColumn(output: Tensor): boolean {
  return output.rank === 1 || (output.rank === 2 && output.shape[1] === 1);
}

function column(op: string, output: Tensor, target: Tensor): BinaryRows {
  const samples = output.shape[0];
  if (target.size !== samples) {
    throw new ShapeError(
      op,
      `there must be a 0 or 1 for each score, got ${formatShape(target.shape)} for ${formatShape(output.shape)}`,
    );
  }
  if (isFloat(target.dtype)) throw new DTypeError(op, `the target must be 0 and 1, int32, uint8 or bool, got ${target.dtype}`);
  return { scores: flatten(output), truth: cast(flatten(target), 'int32') };
}
