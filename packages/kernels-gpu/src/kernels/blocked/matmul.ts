import type { KernelAttrs } from '@dl/kernels';
import type { Form, Machine, Operand } from '../../machine.ts';
import { inWholeRows, withWholeRows } from '../whole-rows.ts';
import { type MatmulProblem, matmulProblem } from './matmul-problem.ts';
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
    const problem = matmulProblem(inputs, attrs, out);
    if (mode !== 'webgpu' || problem === undefined) return false;
    const { count, m, n, k } = problem;
    return out.dtype === 'float32' && Math.min(m, n, k) >= 4 && count <= mostGroups && count * m * n * k >= leastWork;
  },
  compute: (machine, [a, b], attrs, out) => {
    const problem = matmulProblem([a, b], attrs, out);
    if (problem !== undefined) multiply(machine, a, b, attrs, problem, out);
  },
};

function multiply(
  machine: Machine,
  a: Operand,
  b: Operand,
  { transposeA, transposeB }: KernelAttrs['matmul'],
  { count, m, n, k, strideA, strideB }: MatmulProblem,
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
