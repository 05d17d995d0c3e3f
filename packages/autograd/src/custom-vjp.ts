import type { NoAttrs } from '@dl/kernels';
import { alias, notifyRecorders, type OpRules, runScope, type Tensor, withoutRecording } from '@dl/tensor';

/** The parts of {@link customVjp}. */
export interface CustomRules {
  /** What errors call it. Default `customVjp`. */
  readonly name?: string | undefined;
  /** Computes the output. What happens inside is not recorded: any program that ends with a tensor will do. */
  readonly forward: (...xs: Tensor[]) => Tensor;
  /** From the gradient of the output to the gradient of each input, in order; `null` for none. Written with ops. */
  readonly vjp: (grad: Tensor, inputs: readonly Tensor[], output: Tensor) => readonly (Tensor | null)[];
  /** From the tangent of input `index` to its share of the output's tangent; needed for forward mode only. */
  readonly jvp?: ((tangent: Tensor, index: number, inputs: readonly Tensor[], output: Tensor) => Tensor) | undefined;
}

/**
 * A function with a derivative of its own making: for ops that are not composites, for stabler formulas, for gradients that are
 * changed on purpose (straight-through estimators, gradient reversal).
 *
 * @example
 * const roundStraightThrough = customVjp({ forward: (x) => round(x), vjp: (grad) => [grad] });
 * await grad((x: Tensor) => roundStraightThrough(x).mul(3).sum())(tensor([0.4, 1.6])).data() // Float32Array [3, 3]
 */
export function customVjp({ name = 'customVjp', forward, vjp, jvp }: CustomRules): (...xs: Tensor[]) => Tensor {
  return (...xs) => {
    const made = withoutRecording(() => runScope(name, () => forward(...xs)));
    const output = xs.includes(made) ? withoutRecording(() => alias(made)) : made;
    notifyRecorders(rulesOf(name, vjp, jvp), xs, output, {});
    return output;
  };
}

function rulesOf(name: string, vjp: CustomRules['vjp'], jvp: CustomRules['jvp']): OpRules<NoAttrs> {
  return {
    name,
    capturesTensors: true,
    vjp: ([grad], { inputs, output }) => (grad === undefined ? inputs.map(() => null) : vjp(grad, inputs, output)),
    ...(jvp && { jvp: [(tangent, { inputs, output }, index) => jvp(tangent, index, inputs, output)] }),
  };
}
