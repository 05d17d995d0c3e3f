import { isFloat } from '@dl/kernels';
import { type OpRules, type Recorder, ruleFor, type Tensor } from '@dl/tensor';

/** An op that ran. */
export interface Step {
  readonly op: string;
  readonly inputs: readonly Tensor[];
  /** Which of them a gradient reaches. */
  readonly differentiable: readonly boolean[];
}

/** Notes which op made which tensor. */
export class GraphRecorder implements Recorder {
  readonly #makers = new Map<Tensor, Step>();
  readonly #views = new Map<Tensor, Tensor>();
  readonly #keepViews: boolean;

  constructor(keepViews: boolean) {
    this.#keepViews = keepViews;
  }

  record<A>({ name, vjp }: OpRules<A>, inputs: readonly Tensor[], output: Tensor, _attrs: A, others: readonly Tensor[]): void {
    if (!this.#keepViews && (name === 'reshape' || name === 'alias')) {
      this.#views.set(output, this.origin(inputs[0]));
      return;
    }
    const flows = (input: Tensor, index: number): boolean =>
      isFloat(input.dtype) &&
      isFloat(output.dtype) &&
      vjp !== undefined &&
      (typeof vjp === 'function' || ruleFor(vjp, index) !== null);
    const step = this.#pooled({ op: name, inputs, differentiable: inputs.map(flows) });
    for (const made of [output, ...others]) this.#makers.set(made, step);
  }

  /** The tensor that `x` is a view of, or `x` itself. */
  origin(x: Tensor): Tensor {
    return this.#views.get(x) ?? x;
  }

  /** Who made a tensor that is no view; undefined for what was there before. */
  maker(x: Tensor): Step | undefined {
    return this.#makers.get(x);
  }

  /** Max pooling and its like find places, then gather what lies there: one block, called by its first half. */
  #pooled(step: Step): Step {
    if (step.op !== 'gather' || this.#keepViews) return step;
    const [x, index] = step.inputs;
    const finder = this.#makers.get(this.origin(index));
    if (finder?.inputs.length !== 1 || this.origin(finder.inputs[0]) !== this.origin(x)) return step;
    return { op: finder.op, inputs: finder.inputs, differentiable: [true] };
  }
}
