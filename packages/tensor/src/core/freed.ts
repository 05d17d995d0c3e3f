/** Who freed a tensor, and the stack at that moment. */
export interface Freed {
  readonly by: string;
  readonly at: Error;
}

// Only V8 has it, and TypeScript's library does not know it.
const traced: ErrorConstructor & { stackTraceLimit?: number } = Error;

/** `by` at this moment. The stack is short, since a whole one costs more than what it is for. */
export function freedBy(by: string): Freed {
  const { stackTraceLimit } = traced;
  traced.stackTraceLimit = 5;
  const at = new Error(by);
  if (stackTraceLimit !== undefined) traced.stackTraceLimit = stackTraceLimit;
  return { by, at };
}
