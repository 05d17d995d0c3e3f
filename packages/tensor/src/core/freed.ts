import { isTracingMemory, userLine } from './memory-trace.ts';

/** Who freed a tensor, and the stack at that moment, if it was recorded. */
export interface Freed {
  readonly by: string;
  readonly at?: Error | undefined;
}

// A stack costs some 2 µs, twenty times an op on small tensors. A program that goes wrong mostly does so early, so the first ones are worth
// it; after these, `traceMemory()` asks for more.
let stacksLeft = 10_000;

/** `by` at this moment. */
export function freedBy(by: string): Freed {
  if (stacksLeft > 0) stacksLeft--;
  else if (!isTracingMemory()) return { by };
  return { by, at: new Error(by) };
}

/** Where `freed` happened, as words for an error: who, and the line of the program. */
export function whereFreed({ by, at }: Freed): string {
  if (at === undefined) return `${by} (DL_TRACE=memory tells the line)`;
  const line = userLine(at.stack);
  return line === undefined ? by : `${by} ${line}`;
}
