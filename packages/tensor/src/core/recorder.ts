import type { OpRules } from './op.ts';
import type { Tensor } from './tensor.ts';

/** Listens to every op that runs while it is installed: a tape, a forward-mode transformation, a graph export. */
export interface Recorder {
  /** @param others - what the op made besides its output */
  record<A>(op: OpRules<A>, inputs: readonly Tensor[], output: Tensor, attrs: A, others: readonly Tensor[]): void;
}

const nothing: readonly Tensor[] = [];

interface Installed {
  readonly recorder: Recorder;
  readonly outer: Installed | undefined;
}

let innermost: Installed | undefined;

/** Whether any recorder listens. While one does, closing a scope frees nothing: the recorder may need it. */
export function isRecording(): boolean {
  return innermost !== undefined;
}

/**
 * Installs `recorder` until the returned function is called. Recorders nest: outer ones keep listening, and are told first.
 * While a recorder handles an op, only the recorders outside it listen: what it computes is theirs to record.
 */
export function installRecorder(recorder: Recorder): () => void {
  const mine: Installed = { recorder, outer: innermost };
  innermost = mine;
  return () => {
    if (innermost !== mine) throw new Error('recorders must be removed in the reverse order of their installation');
    innermost = mine.outer;
  };
}

/** Runs `fn` while `recorder` listens. */
export function withRecorder<T>(recorder: Recorder, fn: () => T): T {
  const remove = installRecorder(recorder);
  try {
    return fn();
  } finally {
    remove();
  }
}

/** Runs `fn` while nobody listens: what it computes is a constant to every tape, or is told of as one op by {@link notifyRecorders}. */
export function withoutRecording<T>(fn: () => T): T {
  const installed = innermost;
  innermost = undefined;
  try {
    return fn();
  } finally {
    innermost = installed;
  }
}

/** Tells every installed recorder of an op that has just run. */
export function notifyRecorders<A>(
  op: OpRules<A>,
  inputs: readonly Tensor[],
  output: Tensor,
  attrs: A,
  others: readonly Tensor[] = nothing,
): void {
  if (innermost !== undefined) tell(innermost, op, inputs, output, attrs, others);
}

function tell<A>(
  listener: Installed,
  op: OpRules<A>,
  inputs: readonly Tensor[],
  output: Tensor,
  attrs: A,
  others: readonly Tensor[],
): void {
  if (listener.outer !== undefined) tell(listener.outer, op, inputs, output, attrs, others);
  const installed = innermost;
  innermost = listener.outer;
  try {
    listener.recorder.record(op, inputs, output, attrs, others);
  } finally {
    innermost = installed;
  }
}
