import { broadcastStrides, type KernelAttrs, type TensorSpec } from '@dl/kernels';
import type { Form, Machine, Operand } from '../../machine.ts';
import { collapse } from '../box.ts';
import { inWholeRows, withWholeRows } from '../whole-rows.ts';
import { barrierFree, sharedTile, type TileProgram } from './matmul-programs.ts';

/** Products with fewer multiplications are left to the general form, which is one launch. */
const leastWork = 1 << 17;
/** Workgroups along an axis: what WebGPU guarantees. */
const mostGroups = 65535;

/**
 * Matrix products on WebGPU where a thread computes a tile of the result, so that each texel it loads serves several sums. Operands
 * whose rows are broken texels are copied first.
 */
export const blockedMatmul: Form<'matmul'> = {
  suits: ({ mode }, inputs, attrs, out) => {
    const problem = problemOf(inputs, attrs, out);
    if (mode !== 'webgpu' || problem === undefined) return false;
    const { count, m, n, k } = problem;
    return out.dtype === 'float32' && Math.min(m, n, k) >= 4 && count <= mostGroups && count * m * n * k >= leastWork;
  },
  compute: (machine, [a, b], attrs, out) => {
    const problem = problemOf([a, b], attrs, out);
    if (problem !== undefined) multiply(machine, a, b, attrs, problem, out);
  },
};

/** `count` products of `[m, k]` and `[k, n]`; matrices of the operands are `strideA` and `strideB` matrices apart, 0 or 1. */
interface Problem {
  readonly count: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly strideA: number;
  readonly strideB: number;
}

/** The problem, unless its batch is broadcast along some axes only. */
function problemOf([a, b]: readonly TensorSpec[], attrs: KernelAttrs['matmul'], out: TensorSpec): Problem | undefined {
  const leading = out.shape.slice(0, -2);
  const [m, n] = out.shape.slice(-2);
  const k = a.shape[a.shape.length - (attrs.transposeA ? 2 : 1)];
  const operands = [a, b].map(({ shape }) => broadcastStrides(shape.slice(0, -2), leading));
  const { extents, strides } = collapse(leading, operands);
  if (extents.length > 1) return undefined;
  const [count, [strideA], [strideB]] = [extents[0], ...strides];
  // One matrix for all rows of a batch: a longer product.
  if (strideA === 1 && strideB === 0 && !attrs.transposeA) return { count: 1, m: count * m, n, k, strideA: 0, strideB };
  return { count, m, n, k, strideA, strideB };
}

function multiply(
  machine: Machine,
  a: Operand,
  b: Operand,
  { transposeA, transposeB }: KernelAttrs['matmul'],
  { count, m, n, k, strideA, strideB }: Problem,
  out: Operand,
): void {
  const [wholeA, wholeB] = [withWholeRows(machine, a), withWholeRows(machine, b)];
  const columns = Math.ceil(n / 4);
  const [widthA, widthB] = [wholeA, wholeB].map(({ shape }) => shape[shape.length - 1] / 4);
  const sizes = [strideA * (transposeA ? k : m) * widthA, strideB * (transposeB ? n : k) * widthB];
  const form = { transposeA, transposeB, tail: k % 4 };
  const { program, rows, texels }: TileProgram = machine.isSoftware ? barrierFree(form, m, columns) : sharedTile(form);
  inWholeRows(machine, out, (whole) => {
    machine.launch(program, [wholeA, wholeB], whole, {
      ints: [m, n, k, columns, widthA, widthB, ...sizes],
      grid: [Math.ceil(columns / texels), Math.ceil(m / rows), count],
    });
  });
}
