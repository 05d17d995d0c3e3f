import type { FusedKernelAttrs, FusedKernelName, KernelBuffer, TensorSpec } from '@dl/kernels';
import { backendOf, type OpRules } from './op.ts';
import { explain } from './out-of-memory.ts';
import { isRecording, notifyRecorders, withoutRecording } from './recorder.ts';
import { runScope } from './scope.ts';
import { Tensor } from './tensor.ts';

/** An op that some backends have as one kernel, and that others compute from ops. */
export interface FusedOp<K extends FusedKernelName> extends OpRules<FusedKernelAttrs[K]> {
  readonly name: K;
  /** Shapes and dtypes of the output and of what comes with it. */
  infer(inputs: readonly TensorSpec[], attrs: FusedKernelAttrs[K]): readonly TensorSpec[];
  /** The same from ops: the fallback, and the oracle of the kernel. It is not recorded; the op is. */
  composite(inputs: readonly Tensor[], attrs: FusedKernelAttrs[K]): readonly Tensor[];
}

/**
 * Runs `op` by its fused kernel, or by its composite where the backend has none, and tells the recorders.
 *
 * @returns the output, then what came with it
 * @throws {@link BackendError} when the inputs belong to two backends
 */
export function applyFused<K extends FusedKernelName>(
  op: FusedOp<K>,
  inputs: readonly Tensor[],
  attrs: FusedKernelAttrs[K],
): readonly Tensor[] {
  backendOf(op.name, inputs);
  const specs = op.infer(inputs, attrs);
  const made = withoutRecording(
    () => fuse(op.name, inputs, attrs, specs) ?? runScope(op.name, () => op.composite(inputs, attrs)),
  );
  const [output, ...others] = made;
  notifyRecorders(op, inputs, output, attrs, others);
  return made;
}

/**
 * The results of a fused kernel, if the backend has it and nobody records: what it computes has no derivative of its own. So a derivative
 * rule asks for it first, and where there is none says the same with ops.
 *
 * @param outs - shape and dtype of each result
 * @example
 * const [y, dy] = [tensor([0, 2]), tensor([3, 4])];
 * const [dx] = fuse('reluGrad', [y, dy], {}, [y]) ?? [y.mul(dy)];
 * await dx.data() // Float32Array [0, 4]
 */
export function fuse<K extends FusedKernelName>(
  kernel: K,
  inputs: readonly Tensor[],
  attrs: FusedKernelAttrs[K],
  outs: readonly TensorSpec[],
): readonly Tensor[] | undefined {
  const [{ backend, dtype }] = inputs;
  if (isRecording() || !backend.fuses(kernel, dtype)) return undefined;
  let buffers: readonly KernelBuffer[];
  try {
    buffers = backend.runFused(kernel, inputs, attrs, outs);
  } catch (error) {
    throw explain(kernel, error);
  }
  return buffers.map((buffer, i) => new Tensor(backend, buffer, outs[i].shape, outs[i].dtype));
}
