import { type DType, formatShape, type Shape } from '@dl/kernels';

/** A tensor that stays until the backward pass. */
export interface SavedTensor {
  /** What it is to the op: `input 0`, `output`, or `result 1` for what an op makes besides. */
  readonly role: string;
  /** Extents. */
  readonly shape: Shape;
  /** Element type. */
  readonly dtype: DType;
  /** Of its block. */
  readonly bytes: number;
}

/** What the backward pass of one op needs of its forward pass. */
export interface SavedByOp {
  /** The name of the op. */
  readonly op: string;
  /** Of what its rules read; empty for a sum, whose gradient takes no values. */
  readonly saved: readonly SavedTensor[];
  /** Of {@link SavedByOp.saved} together. */
  readonly bytes: number;
}

/** What {@link savedTensors} finds, one row an op; `String(report)` is a table. */
export class SavedTensorReport {
  /** In the order of execution. */
  readonly ops: readonly SavedByOp[];
  /** Of all saved blocks, each counted once: less than the sum of the rows where two ops need the same tensor. */
  readonly bytes: number;

  /** {@link savedTensors} makes it. */
  constructor(ops: readonly SavedByOp[], bytes: number) {
    this.ops = ops;
    this.bytes = bytes;
  }

  /** A table, with the total under it. */
  toString(): string {
    const rows = this.ops.map(({ op, saved, bytes }) => [
      op,
      saved.map(({ role, shape, dtype }) => `${role} ${dtype} ${formatShape(shape)}`).join(', ') || '–',
      bytes.toLocaleString('en-US'),
    ]);
    const table = [['op', 'keeps', 'bytes'], ...rows];
    const [first, second, third] = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column].length)));
    const lines = table.map(([op, saved, bytes]) => `${op.padEnd(first)}  ${saved.padEnd(second)}  ${bytes.padStart(third)}`);
    return [...lines, '', `${this.bytes.toLocaleString('en-US')} bytes in all, shared ones once`].join('\n');
  }
}
