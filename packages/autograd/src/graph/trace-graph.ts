import { isFloat } from '@dl/kernels';
import { Parameter, runScope, type Tensor, withRecorder } from '@dl/tensor';
import type { ComputeGraph, GraphEdge, GraphNode } from './compute-graph.ts';
import { GraphRecorder, type Step } from './graph-recorder.ts';

/** Options of {@link traceGraph}. */
export interface TraceGraphOptions {
  /** What tensors are called, such as `model.namedParameters()`. Arguments are `x` or `x0`, `x1` … unless named, the rest `parameter` or `constant`. */
  readonly names?: Iterable<readonly [name: string, tensor: Tensor]> | undefined;
  /**
   * Whether reshapes are nodes, too, and max pooling the two ops that it consists of. Default `false`.
   */
  readonly views?: boolean | undefined;
}

/**
 * The compute graph of a function: it runs once, and the ops that its result depends on are noted. Of a function that differentiates, such as
 * `grad(f)`, it is the graph of the derivative.
 *
 * @param fn - any function of tensors
 * @param xs - its arguments
 * @example
 * const w = new Parameter(tensor([2, 3]));
 * const { nodes } = traceGraph((x) => relu(x.mul(w)).sum(), [tensor([1, -1])], { names: [['w', w]] });
 * nodes.map(({ label }) => label) // ['x', 'w', 'mul', 'relu', 'sum', 'output']
 */
export function traceGraph(
  fn: (...xs: Tensor[]) => Tensor,
  xs: readonly Tensor[],
  { names = [], views = false }: TraceGraphOptions = {},
): ComputeGraph {
  return runScope('traceGraph', () => {
    const recorder = new GraphRecorder(views);
    const result = withRecorder(recorder, () => fn(...xs));
    return new GraphBuilder(recorder, xs, names).build(result);
  });
}

class GraphBuilder {
  readonly #nodes: GraphNode[] = [];
  readonly #edges: GraphEdge[] = [];
  readonly #ids = new Map<Tensor | Step, string>();
  readonly #recorder: GraphRecorder;
  readonly #names: ReadonlyMap<Tensor, string>;
  readonly #arguments: ReadonlySet<Tensor>;

  constructor(recorder: GraphRecorder, xs: readonly Tensor[], names: Iterable<readonly [string, Tensor]>) {
    const given = xs.map((x, i) => [x, xs.length === 1 ? 'x' : `x${i}`] as const);
    this.#recorder = recorder;
    this.#arguments = new Set(xs);
    this.#names = new Map([...given, ...[...names].map(([name, tensor]) => [tensor, name] as const)]);
  }

  build(result: Tensor): ComputeGraph {
    for (const giver of this.#inOrder(result)) this.#add(giver);
    const { shape, dtype } = result;
    this.#nodes.push({ id: 'output', kind: 'output', label: 'output', shape, dtype });
    this.#connect(result, 'output', true);
    return { nodes: this.#nodes, edges: this.#edges };
  }

  /** Everything that `result` depends on, givers first: by a stack of its own, as graphs get deeper than the one of calls. */
  #inOrder(result: Tensor): Tensor[] {
    const order: Tensor[] = [];
    const seen = new Set<Tensor | Step>();
    const stack: (() => void)[] = [];
    const visit = (x: Tensor): void => {
      const origin = this.#recorder.origin(x);
      const step = this.#recorder.maker(origin);
      if (seen.has(step ?? origin)) return;
      seen.add(step ?? origin);
      stack.push(() => order.push(origin));
      for (const input of [...(step?.inputs ?? [])].reverse()) stack.push(() => visit(input));
    };
    visit(result);
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) next();
    return order;
  }

  #add(x: Tensor): void {
    const step = this.#recorder.maker(x);
    const id = `n${this.#nodes.length}`;
    const { shape, dtype } = x;
    this.#ids.set(step ?? x, id);
    if (step === undefined) {
      const kind = this.#kindOf(x);
      this.#nodes.push({ id, kind, label: this.#names.get(x) ?? kind, shape, dtype });
      return;
    }
    this.#nodes.push({ id, kind: 'op', label: step.op, shape, dtype });
    step.inputs.forEach((input, i) => {
      this.#connect(input, id, step.differentiable[i]);
    });
  }

  #kindOf(x: Tensor): 'input' | 'parameter' | 'constant' {
    if (this.#arguments.has(x)) return 'input';
    return x instanceof Parameter && x.trainable ? 'parameter' : 'constant';
  }

  #connect(x: Tensor, to: string, differentiable: boolean): void {
    const origin = this.#recorder.origin(x);
    const from = this.#ids.get(this.#recorder.maker(origin) ?? origin);
    if (from === undefined) throw new Error(`traceGraph: ${to} takes what no node gives`);
    this.#edges.push({ from, to, shape: x.shape, dtype: x.dtype, differentiable: differentiable && isFloat(x.dtype) });
  }
}
