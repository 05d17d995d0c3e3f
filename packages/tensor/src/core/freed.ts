/** Who freed a tensor, and the stack at that moment, if it was recorded. */
export interface Freed {
  readonly by: string;
  readonly at?: Error | undefined;
}

// A stack costs some 2 µs, twenty times an op on small tensors. A program that goes wrong mostly does so early, so the first ones are worth
// it; after these, `traceMemory()` asks for more.
const stacksAtFirst = 10_000;
let stacksLeft: number | undefined;

/**
 * Lets errors about freed tensors tell the line that freed them for as long as the program runs, not only for the first 10,000 times.
 * The environment variable `DL_TRACE=memory` does so from outside.
 *
 * @example
 * traceMemory();
 * const x = tensor([1]);
 * x.dispose();
 */
export function traceMemory(enabled = true): void {
  stacksLeft = enabled ? Number.POSITIVE_INFINITY : stacksAtFirst;
}

/** `by` at this moment. */
export function freedBy(by: string): Freed {
  stacksLeft ??= tracedFromOutside() ? Number.POSITIVE_INFINITY : stacksAtFirst;
  if (stacksLeft <= 0) return { by };
  stacksLeft--;
  return { by, at: new Error(by) };
}

/** Where `freed` happened, as words for an error: who, and the first line of the stack outside this package's core. */
export function whereFreed({ by, at }: Freed): string {
  if (at === undefined) return `${by} (DL_TRACE=memory tells the line)`;
  const lines = at.stack?.split('\n').slice(1) ?? [];
  const line = lines.find((text) => !text.includes('/tensor/src/core/') && !text.includes('/tensor/dist/core/'));
  return line === undefined ? by : `${by} ${line.trim()}`;
}

function tracedFromOutside(): boolean {
  const host = globalThis as typeof globalThis & { process?: { env?: Record<string, string | undefined> } };
  return host.process?.env?.DL_TRACE === 'memory';
}
