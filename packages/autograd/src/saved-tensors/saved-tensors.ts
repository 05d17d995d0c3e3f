import { isFloat, type KernelBuffer } from '@dl/kernels';
import {
  type OpRules,
  onesLike,
  type Recorder,
  type RuleContext,
  ruleFor,
  runScope,
  type Tensor,
  withoutRecording,
  withRecorder,
} from '@dl/tensor';
import { checkSources } from '../tape.ts';
import { type SavedByOp, type SavedTensor, SavedTensorReport } from './saved-tensor-report.ts';
import { watchReads } from './watch-reads.ts';

/**
 * What each op of a function keeps for its backward pass, and how many bytes: `relu` its output, max pooling the places of the maxima, a
 * convolution its input and its weight, a sum nothing. Found by running every derivative rule once and watching what it reads.
 *
 * What a rule of `customVjp` has captured besides the inputs and the output of its op is not seen.
 *
 * @param fn - computes a tensor with ops
 * @param sources - what it would be differentiated by
 * @throws {@link DTypeError} when a source is not float
 * @example
 * const [x, w] = [tensor([[1, 2]]), tensor([[3], [4]])];
 * const { ops, bytes } = savedTensors(() => relu(x.matmul(w)).sum(), [w]);
 * ops.map(({ op, saved }) => [op, ...saved.map(({ role }) => role)]) // [['matmul', 'input 0'], ['relu', 'output'], ['sum']]
 * bytes // 12
 */
export function savedTensors(fn: () => Tensor, sources: readonly Tensor[]): SavedTensorReport {
  checkSources('savedTensors', sources);
  return runScope('savedTensors', () => {
    const recorder = new SavedTensorRecorder(sources);
    withRecorder(recorder, fn);
    return recorder.report();
  });
}

class SavedTensorRecorder implements Recorder {
  readonly #tracked: Set<Tensor>;
  readonly #ops: SavedByOp[] = [];
  readonly #blocks = new Set<KernelBuffer>();

  constructor(sources: readonly Tensor[]) {
    this.#tracked = new Set(sources);
  }

  report(): SavedTensorReport {
    return new SavedTensorReport(
      this.#ops,
      [...this.#blocks].reduce((sum, { bytes }) => sum + bytes, 0),
    );
  }

  record<A>(op: OpRules<A>, inputs: readonly Tensor[], output: Tensor, attrs: A, others: readonly Tensor[]): void {
    if (!isFloat(output.dtype) || !inputs.some((input) => this.#tracked.has(input))) return;
    const made = [output, ...others];
    for (const tensor of made) this.#tracked.add(tensor);
    const read = withoutRecording(() =>
      runScope('savedTensors', () => readByRules(op, { inputs, output, attrs, others }, this.#tracked)),
    );
    const role = (x: Tensor): string => {
      if (inputs.includes(x)) return `input ${inputs.indexOf(x)}`;
      return x === output ? 'output' : `result ${made.indexOf(x)}`;
    };
    const saved = [...new Set([...inputs, ...made])]
      .filter((x) => read.has(x))
      .map((x): SavedTensor => ({ role: role(x), shape: x.shape, dtype: x.dtype, bytes: x.buffer.bytes }));
    for (const x of read) this.#blocks.add(x.buffer);
    this.#ops.push({ op: op.name, saved, bytes: saved.reduce((sum, { bytes }) => sum + bytes, 0) });
  }
}

/** Which tensors of an op its vjp rules read, when the gradients of the inputs in `wanted` are asked for. */
function readByRules<A>({ vjp }: OpRules<A>, context: RuleContext<A>, wanted: ReadonlySet<Tensor>): Set<Tensor> {
  const { inputs, output, others } = context;
  const grads = [output, ...others].map((x) => (isFloat(x.dtype) ? onesLike(x) : undefined));
  return watchReads([...inputs, output, ...others], () => {
    if (typeof vjp === 'function') vjp(grads, context, wanted);
    else if (vjp !== undefined && grads[0] !== undefined) {
      for (const [i, input] of inputs.entries()) if (wanted.has(input)) ruleFor(vjp, i)?.(grads[0], context, i);
    }
  });
}
