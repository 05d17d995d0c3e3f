import { OutOfMemoryError } from '@dl/kernels';
import { isTracingMemory, memoryReport } from './memory-trace.ts';

const rowsShown = 5;

/** What to throw for an error of a backend: where it found no memory, one that names `op` and, as far as they are traced, who holds most. */
export function explain(op: string, error: unknown): unknown {
  if (!(error instanceof OutOfMemoryError)) return error;
  const own = new OutOfMemoryError(op, error.bytesAsked, error.held);
  return own.restate(`${own.message}; ${holders()}`);
}

function holders(): string {
  if (!isTracingMemory()) return 'traceMemory() or DL_TRACE=memory tells where they were made';
  const rows = memoryReport().slice(0, rowsShown);
  return `made by ${rows.map(({ op, place, count, bytes }) => `${op} ${place} (${count}, ${bytes} bytes)`).join(', ')}`;
}
