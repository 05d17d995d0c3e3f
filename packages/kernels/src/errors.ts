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

/** A tensor was used after it had been freed. */
export class DisposedError extends DlError {}

/** A gradient was asked for where there is none: no rule, a non-float input, a changed parameter. */
export class GradientError extends DlError {}

/** Bytes that are not what their format promises: truncated, corrupt, lying about lengths. */
export class FormatError extends DlError {}
