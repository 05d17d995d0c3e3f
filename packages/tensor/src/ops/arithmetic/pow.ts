import { checkSigned } from '../../core/check-dtype.ts';
import { apply, type Op, type Rule } from '../../core/op.ts';
import { applyPromoted, dtypeBeside, type Operand, toDType } from '../../core/operands.ts';
import { runKernels } from '../../core/run-kernels.ts';
import type { Tensor } from '../../core/tensor.ts';
import { equal } from '../comparison/equal.ts';
import { greaterEqual } from '../comparison/greater-equal.ts';
import { logicalAnd } from '../comparison/logical-and.ts';
import { where } from '../comparison/where.ts';
import { zerosLike } from '../create/zeros-like.ts';
import { log } from '../elementwise/log.ts';
import { square } from '../elementwise/square.ts';
import { binaryOp } from './binary-op.ts';
import { mul } from './mul.ts';
import { sub } from './sub.ts';

interface PowAttrs {
  readonly exponent: number;
}

const constantRule: Rule<PowAttrs> = (grad, { inputs: [x], attrs: { exponent } }) =>
  exponent === 0 ? zerosLike(grad) : mul(grad, mul(pow(x, exponent - 1), exponent));

const constantPowOp: Op<PowAttrs> = {
  name: 'pow',
  infer([x]) {
    checkSigned('pow', x.dtype);
    return x;
  },
  forward: (backend, [x], { exponent }, out) =>
    runKernels(backend, (run) => {
      const scalar = run('fill', [], { value: exponent }, { shape: [], dtype: x.dtype });
      return run('binary', [x, scalar], { fn: 'pow' }, out);
    }),
  vjp: [constantRule],
  jvp: [constantRule],
};

const powOp = binaryOp('pow', [
  (grad, { inputs: [a, b] }) => {
    // Only where 0 · 0⁻¹ would be NaN does another exponent stand in: elsewhere the term has derivatives by b too.
    const indefinite = logicalAnd(equal(a, 0), equal(b, 0));
    return mul(grad, mul(b, pow(a, sub(where(indefinite, 1, b), 1))));
  },
  (grad, { inputs: [a, b], output }) => {
    const isFlat = logicalAnd(equal(a, 0), greaterEqual(b, 0));
    return mul(grad, mul(output, log(where(isFlat, 1, a))));
  },
]);

/**
 * Elementwise power $a^b$, with NumPy broadcasting and dtype promotion; $x^0 = 1$ for every $x$. Negative powers of integers are
 * truncated.
 *
 * The gradient by $a$ is 0 for the exponent 0, and the gradient by $b$ is 0 for the base 0 and $b \ge 0$, both as in PyTorch. A number as
 * exponent is cheaper than a tensor, and its derivatives are exact at 0 to every order.
 *
 * @returns the broadcast shape, the promoted dtype
 * @throws {@link ShapeError} when the shapes do not broadcast
 * @throws {@link DTypeError} for two uint8 or two bool operands
 * @example
 * await pow(tensor([1, 2, 3]), 3).data() // Float32Array [1, 8, 27]
 * await pow(2, tensor([0, -1, 10])).data() // Float32Array [1, 0.5, 1024]
 */
export function pow(a: Operand, b: Operand): Tensor {
  if (typeof a === 'number' || typeof b !== 'number') return applyPromoted(powOp, a, b);
  const x = toDType(a, dtypeBeside(a.dtype, b));
  return b === 2 ? square(x) : apply(constantPowOp, [x], { exponent: b });
}
