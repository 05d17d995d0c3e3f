import { ArgumentError, BackendError, DlError, DTypeError, FormatError, ShapeError } from '@dl/kernels';

/** An error on its way between threads, which classes of errors do not survive. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** Of a {@link DlError}. */
  readonly op: string | undefined;
}

const classes = { DlError, ArgumentError, BackendError, DTypeError, FormatError, ShapeError };

/** What is to be sent of an error. */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: undefined, op: undefined };
  const { name, message, stack } = error;
  return { name, message, stack, op: error instanceof DlError ? error.op : undefined };
}

/** The error that was sent, of its class where that is one of everybody's, else with its name. */
export function fromFailure({ name, message, stack, op }: Failure): Error {
  const known = Object.entries(classes).find(([known]) => known === name)?.[1];
  const error = op === undefined ? new Error(message) : new (known ?? DlError)(op, '').restate(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
