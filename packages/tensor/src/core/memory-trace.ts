import { ArgumentError, bytesPerElement, formatShape } from '@dl/kernels';
import type { Tensor } from './tensor.ts';

interface Birth {
  readonly op: string;
  readonly place: string;
}

/** Live tensors that were made at one place by one op. */
export interface MemoryReportRow {
  /** The op that made them; `Tensor` for those made from values on the host, `Parameter` for parameters. */
  readonly op: string;
  /** The line of the program: the first of the stack outside this package. */
  readonly place: string;
  readonly count: number;
  /** Bytes of their elements; a block that several share counts for each. */
  readonly bytes: number;
  /** The shapes among them, `[64, 10]`. */
  readonly shapes: readonly string[];
}

type Totals = Pick<MemoryReportRow, 'count' | 'bytes' | 'shapes'>;

/** Undefined while nothing is traced. */
let births: Map<Tensor, Birth> | undefined = tracedFromOutside() ? new Map() : undefined;

/**
 * Switches on the bookkeeping behind {@link memoryReport}, and lets errors about freed tensors always tell the line that freed them. The
 * environment variable `DL_TRACE=memory` does so from the start.
 *
 * Every op then costs some microseconds more, and a tensor that nobody frees stays in the report: the garbage collector does not get it.
 *
 * @example
 * traceMemory();
 * const leak = tensor([1, 2, 3]).mul(2);
 * memoryReport().map(({ op, count, bytes }) => `${op} ${count} ${bytes}`) // ['Tensor 1 12', 'mul 1 12']
 */
export function traceMemory(enabled = true): void {
  births = enabled ? new Map() : undefined;
}

/** Whether {@link traceMemory} is on. */
export function isTracingMemory(): boolean {
  return births !== undefined;
}

/** Notes that a tensor was made here. */
export function recordBirth(tensor: Tensor): void {
  births?.set(tensor, { op: tensor.constructor.name, place: userLine(new Error().stack) ?? 'unknown' });
}

/** Notes which op made a tensor. */
export function nameBirth(tensor: Tensor, op: string): void {
  const birth = births?.get(tensor);
  if (birth !== undefined) births?.set(tensor, { ...birth, op });
}

/** Notes that a tensor was freed. */
export function recordDeath(tensor: Tensor): void {
  births?.delete(tensor);
}

/**
 * The live tensors made since {@link traceMemory}, by op and place of birth, the largest holders first.
 *
 * @throws {@link ArgumentError} while memory is not traced
 */
export function memoryReport(): MemoryReportRow[] {
  if (births === undefined) {
    throw new ArgumentError(
      'memoryReport',
      'memory must be traced, got no trace: call traceMemory() first, or set DL_TRACE=memory',
    );
  }
  const rows = new Map<string, MemoryReportRow>();
  for (const [tensor, { op, place }] of births) {
    const key = `${op} ${place}`;
    const { count, bytes, shapes }: Totals = rows.get(key) ?? { count: 0, bytes: 0, shapes: [] };
    const shape = formatShape(tensor.shape);
    rows.set(key, {
      op,
      place,
      count: count + 1,
      bytes: bytes + tensor.size * bytesPerElement(tensor.dtype),
      shapes: shapes.includes(shape) ? shapes : [...shapes, shape],
    });
  }
  return [...rows.values()].sort((a, b) => b.bytes - a.bytes);
}

/** The first line of a stack outside this package, from `at` on. */
export function userLine(stack: string | undefined): string | undefined {
  return stack
    ?.split('\n')
    .slice(1)
    .find((line) => !/\/tensor\/(src|dist)\//.test(line))
    ?.trim();
}

function tracedFromOutside(): boolean {
  const host = globalThis as typeof globalThis & { process?: { env?: Record<string, string | undefined> } };
  return host.process?.env?.DL_TRACE === 'memory';
}
