/**
 * Base of every error this framework throws on purpose. The message reads `op: rule, got values (context)`.
 */
export class DlError extends Error {
  /** The op, layer or reader that refused. */
  readonly op: string;

  /**
   * @param op - the op, layer or reader that refused
   * @param detail - the rule, the values, the context: `inner dimensions must match, got 3 and 2 (a [2, 3], b [2, 3])`
   */
  constructor(op: string, detail: string) {
    super(`${op}: ${detail}`);
    this.name = new.target.name;
    this.op = op;
  }

  /** Adds where it happened to the message, innermost first: `… in features.3 (Conv2d)`. Returns this error. */
  within(place: string): this {
    return this.restate(`${this.message} in ${place}`);
  }

  /** Replaces the message, in the stack too: V8 wrote it there when the error was made, and prints the stack when nobody catches it. */
  restate(message: string): this {
    const stack = this.stack?.replace(this.message, () => message);
    this.message = message;
    if (stack !== undefined) this.stack = stack;
    return this;
  }
}

/** Shapes do not fit: ranks, extents or axes. */
export class ShapeError extends DlError {}

/** An element type that the op does not take. */
export class DTypeError extends DlError {}

/** An argument outside its domain: a stride of 0, a probability of 2, an unknown option. */
export class ArgumentError extends DlError {}

/** A backend cannot do what was asked, or tensors of two backends met in one op. */
export class BackendError extends DlError {}

/** Buffers of one size. */
export interface BufferGroup {
  /** Bytes that each takes. */
  readonly bytes: number;
  readonly count: number;
}

/** What a backend held when it had no memory left. */
export interface MemoryHeld {
  readonly bytes: number;
  readonly buffers: number;
  /** Those that take most, the greatest first. */
  readonly largest: readonly BufferGroup[];
}

/** There is no memory for a result. What was there before is unharmed: free some of it and go on. */
export class OutOfMemoryError extends BackendError {
  /** Bytes that were to be had. */
  readonly bytesAsked: number;
  /** What the backend held already. */
  readonly held: MemoryHeld;

  constructor(op: string, bytesAsked: number, held: MemoryHeld) {
    const { bytes, buffers, largest } = held;
    const groups = largest.map((group) => `${group.count} of ${group.bytes} bytes`).join(', ');
    const most = groups === '' ? '' : ` (most in ${groups})`;
    super(op, `memory must have room for ${bytesAsked} bytes more, got none beside ${bytes} in ${buffers} buffers${most}`);
    this.bytesAsked = bytesAsked;
    this.held = held;
  }
}

/** The groups of buffers that take most, the greatest first. */
export function largestGroups(groups: Iterable<BufferGroup>): BufferGroup[] {
  return [...groups].sort((a, b) => b.bytes * b.count - a.bytes * a.count).slice(0, 5);
}

/** A tensor was used after it had been freed. */
export class DisposedError extends DlError {}

/** A gradient was asked for where there is none: no rule, a non-float input, a changed parameter. */
export class GradientError extends DlError {}

/** Bytes that are not what their format promises: truncated, corrupt, lying about lengths. */
export class FormatError extends DlError {}
