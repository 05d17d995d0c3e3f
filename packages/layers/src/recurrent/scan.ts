import {
  add,
  concat,
  flatten,
  isRecording,
  matmul,
  notifyRecorders,
  type OpRules,
  runScope,
  slice,
  stack,
  sum,
  type Tensor,
  unsqueeze,
  withoutRecording,
} from '@dl/tensor';
import type { Cell, CellStates, CellStep, ScanTensors } from './cell.ts';

/** What {@link scan} runs over. */
export interface ScanInputs {
  /** `[t, n, gates · h]`: the input's part of the gates, of all steps. */
  readonly projected: Tensor;
  /** `[gates · h, h]`. */
  readonly weight: Tensor;
  /** `[gates · h]`, of a cell that tells it from the input's. */
  readonly bias: Tensor | undefined;
  /** The first states, `[n, h]` each. */
  readonly state: readonly Tensor[];
  /** Whether the last step comes first. */
  readonly reverse: boolean;
}

interface Step extends CellStep {
  readonly time: number;
  readonly before: readonly Tensor[];
}

interface ScanAttrs {
  readonly cell: Cell;
  readonly reverse: boolean;
}

/**
 * A cell over time: all states after all steps, `[states, t, n, h]`, in the order of time.
 *
 * One op to recorders, since a tape of the steps would add up a gradient of all steps' gates and of the weight at every step: its own rule
 * collects the gradients by the gates, and multiplies once. The rule is made of ops on the inputs, so that it has derivatives of its own.
 */
export function scan(cell: Cell, { projected, weight, bias, state, reverse }: ScanInputs): Tensor {
  const inputs: ScanTensors = [projected, weight, ...state, ...(bias === undefined ? [] : [bias])];
  const attrs = { cell, reverse };
  const whole = withoutRecording(() => cell.sequence?.run(inputs, reverse));
  if (whole !== undefined) {
    const rules = rulesOf((grad) => pullBackWhole(grad, inputs, whole, attrs));
    notifyRecorders(rules, inputs, whole.output, attrs, whole.saved);
    return whole.output;
  }
  const { output, steps } = withoutRecording(() =>
    runScope(cell.name, () => {
      const steps = runSteps(inputs, attrs);
      const inTime = reverse ? [...steps].reverse() : steps;
      return { steps, output: stack(state.map((_, i) => stack(inTime.map(({ next }) => next[i])))) };
    }),
  );
  const others = steps.flatMap(({ next, saved }) => [...next, ...saved]);
  // To an outer recorder the steps are constants: they are taken again, for it to see.
  const rules = rulesOf((grad) => pullBack(grad, inputs, isRecording() ? runSteps(inputs, attrs) : steps, cell));
  notifyRecorders(rules, inputs, output, attrs, others);
  return output;
}

function runSteps([projected, weight, ...rest]: readonly Tensor[], { cell, reverse }: ScanAttrs): Step[] {
  const bias = cell.hasHiddenBias ? rest[cell.states] : undefined;
  const count = projected.shape[0];
  const steps: Step[] = [];
  let state: readonly Tensor[] = rest.slice(0, cell.states);
  for (let i = 0; i < count; i++) {
    const time = reverse ? count - 1 - i : i;
    const before = state;
    const step = runScope(cell.name, () => {
      const product = matmul(before[0], weight, { transposeB: true });
      return cell.step(slice(projected, [time]), bias === undefined ? product : add(product, bias), before);
    });
    steps.push({ ...step, time, before });
    state = step.next;
  }
  return steps;
}

/** The rule of a scan, which computes the gradients of all inputs at once, when the first is asked for. */
function rulesOf(gradients: (grad: Tensor) => readonly Tensor[]): OpRules<ScanAttrs> {
  let last: { readonly grad: Tensor; readonly shares: readonly Tensor[] } | undefined;
  return {
    name: 'recurrentScan',
    vjp: [
      (grad, { attrs }, index) => {
        if (last?.grad !== grad) last = { grad, shares: runScope(`gradient of ${attrs.cell.name}`, () => gradients(grad)) };
        return last.shares[index];
      },
    ],
  };
}

/** The gradients of a scan that ran as one kernel, by projected, weight and states. */
function pullBackWhole(grad: Tensor, inputs: ScanTensors, made: CellStates, attrs: ScanAttrs): Tensor[] {
  const grads = attrs.cell.sequence?.grad(grad, inputs, made, attrs.reverse);
  // An outer recorder sees steps.
  if (grads === undefined) return pullBack(grad, inputs, runSteps(inputs, attrs), attrs.cell);
  const others = slice(made.output, [0, attrs.reverse ? [1] : [0, -1]]);
  const opening = unsqueeze(inputs[2], 0);
  const before = concat(attrs.reverse ? [others, opening] : [opening, others], 0);
  const weight = matmul(flatten(grads.projected, 0, 1), flatten(before, 0, 1), { transposeA: true });
  return [grads.projected, weight, ...grads.state];
}

/** Back-propagation through time: the gradients by projected, weight, states and bias. */
function pullBack(grad: Tensor, inputs: readonly Tensor[], steps: readonly Step[], cell: Cell): Tensor[] {
  const [projected, weight] = inputs;
  const fromInput = new Array<Tensor>(projected.shape[0]);
  const fromHidden: Tensor[] = [];
  let carried: readonly Tensor[] | undefined;
  for (const step of [...steps].reverse()) {
    const { grads, before } = runScope(cell.name, () => {
      const own = step.next.map((_, i) => slice(grad, [i, step.time]));
      const grads = cell.grad(step, step.before, carried === undefined ? own : own.map((share, i) => add(share, carried![i])));
      const throughGates = matmul(grads.fromHidden, weight);
      return {
        grads,
        before: grads.state.map((share, i) => (i > 0 ? share! : share === undefined ? throughGates : add(share, throughGates))),
      };
    });
    fromInput[step.time] = grads.fromInput;
    fromHidden.unshift(grads.fromHidden);
    carried = before;
  }
  const gates = flatten(stack(fromHidden), 0, 1);
  const hidden = flatten(stack(steps.map(({ before }) => before[0])), 0, 1);
  return [
    stack(fromInput),
    matmul(gates, hidden, { transposeA: true }),
    ...carried!,
    ...(cell.hasHiddenBias ? [sum(gates, 0)] : []),
  ];
}
