import { DTypeError, formatShape, ShapeError, sameShape } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import { applyFused, type FusedOp, fuse } from '../../core/fused-op.ts';
import { isRecording } from '../../core/recorder.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { mul } from '../arithmetic/mul.ts';
import { sub } from '../arithmetic/sub.ts';
import { zerosLike } from '../create/zeros-like.ts';
import { sigmoid } from '../elementwise/sigmoid.ts';
import { square } from '../elementwise/square.ts';
import { tanh } from '../elementwise/tanh.ts';
import { concat } from '../layout/concat.ts';
import { split } from '../layout/split.ts';

/** What {@link lstmCell} makes: both `[n, h]`, both differentiable. */
export interface LstmCellResult {
  /** The next hidden state. */
  readonly hidden: Tensor;
  /** The next cell state. */
  readonly cell: Tensor;
}

/** The parts of a cell, after their activations. */
interface Parts {
  readonly input: Tensor;
  readonly forget: Tensor;
  readonly candidate: Tensor;
  readonly output: Tensor;
  readonly next: Tensor;
  readonly bounded: Tensor;
}

const lstmCellOp: FusedOp<'lstmCell'> = {
  name: 'lstmCell',
  infer: ([gates, cell]) => [cell, cell, gates],
  composite([gates, cell]) {
    const { input, forget, candidate, output, next, bounded } = partsOf(gates, cell);
    return [mul(output, bounded), next, concat([input, forget, candidate, output], 1)];
  },
  vjp([dHidden, dCell], { inputs: [gates, cell], others: [next, active], attrs }) {
    if (dHidden === undefined && dCell === undefined) return [null, null];
    const dh = dHidden ?? zerosLike(cell);
    const dc = dCell ?? zerosLike(cell);
    const fused = fuse('lstmCellGrad', [active, cell, next, dh, dc], attrs, [gates, cell]);
    if (fused !== undefined) return fused;
    const parts = partsOf(gates, cell);
    const { input, forget, candidate, output, bounded } = parts;
    const dNext = add(mul(mul(dh, output), fromTanh(bounded)), dc);
    const dGates = [
      mul(mul(dNext, candidate), fromSigmoid(input)),
      mul(mul(dNext, cell), fromSigmoid(forget)),
      mul(mul(dNext, input), fromTanh(candidate)),
      mul(mul(dh, bounded), fromSigmoid(output)),
    ];
    return [concat(dGates, 1), mul(dNext, forget)];
  },
  jvp([gatesMoving, cellMoving], { inputs: [gates, cell] }) {
    const { input, forget, candidate, output, bounded } = partsOf(gates, cell);
    const [di, df, dg, dOut] = quarters(gatesMoving ?? zerosLike(gates));
    const dCell = cellMoving ?? zerosLike(cell);
    const kept = add(mul(forget, dCell), mul(mul(df, fromSigmoid(forget)), cell));
    const gained = add(mul(mul(di, fromSigmoid(input)), candidate), mul(mul(dg, fromTanh(candidate)), input));
    const dNext = add(kept, gained);
    const dHidden = add(mul(mul(dOut, fromSigmoid(output)), bounded), mul(mul(output, fromTanh(bounded)), dNext));
    return [dHidden, dNext];
  },
};

function partsOf(gates: Tensor, cell: Tensor): Parts {
  const [i, f, g, o] = quarters(gates);
  const [input, forget, candidate, output] = [sigmoid(i), sigmoid(f), tanh(g), sigmoid(o)];
  const next = add(mul(forget, cell), mul(input, candidate));
  return { input, forget, candidate, output, next, bounded: tanh(next) };
}

function quarters(gates: Tensor): Tensor[] {
  const width = gates.shape[1] / 4;
  return split(gates, [width, width, width, width], 1);
}

/** $\sigma'$ from $\sigma$. */
function fromSigmoid(y: Tensor): Tensor {
  return mul(y, sub(1, y));
}

/** $\tanh'$ from $\tanh$. */
function fromTanh(y: Tensor): Tensor {
  return sub(1, square(y));
}

/**
 * One step of a long short-term memory, after its matrix products: $c' = \sigma(f) \, c + \sigma(i) \tanh(g)$, $h' = \sigma(o) \tanh(c')$. The
 * gates are the columns $i, f, g, o$ in PyTorch's order.
 *
 * @param gates - `[n, 4 h]`: $W x + U h + b$, before the activations
 * @param cell - `[n, h]`: the cell state $c$
 * @throws {@link ShapeError} when the shapes are others
 * @throws {@link DTypeError} unless both have one float dtype
 * @example
 * const { hidden, cell } = lstmCell(tensor([[0, 100, 0, 100]]), tensor([[2]]));
 * await cell.item() // 2
 * await hidden.item() // 0.9640
 * @see Hochreiter & Schmidhuber, 1997; Gers et al., 2000
 */
export function lstmCell(gates: Tensor, cell: Tensor): LstmCellResult {
  checkFloat('lstmCell', gates.dtype);
  if (cell.dtype !== gates.dtype) {
    throw new DTypeError('lstmCell', `gates and cell must have one dtype, got ${gates.dtype} and ${cell.dtype}`);
  }
  if (cell.rank !== 2 || !sameShape(gates.shape, [cell.shape[0], 4 * cell.shape[1]])) {
    throw new ShapeError(
      'lstmCell',
      `gates must be [n, 4 h] and cell [n, h], got ${formatShape(gates.shape)} and ${formatShape(cell.shape)}`,
    );
  }
  const [hidden, next, active] = applyFused(lstmCellOp, [gates, cell], {});
  if (!isRecording()) active.dispose();
  return { hidden, cell: next };
}
