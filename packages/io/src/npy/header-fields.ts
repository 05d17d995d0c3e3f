import { FormatError, type Shape } from '@dl/kernels';

/** The three entries of the dictionary in an npy header. */
export interface HeaderFields {
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: Shape;
}

/** NumPy's own limit. */
export const maxRank = 64;

/**
 * Reads the Python dictionary of an npy header, `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`, and nothing more of
 * Python than NumPy writes there: quoted text, `True`, `False`, and tuples of integers (Python 2 wrote `2L`).
 */
export function parseHeaderFields(op: string, text: string): HeaderFields {
  const found = new Map<string, string>();
  const rest = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
  if (rest === undefined) throw new FormatError(op, `header must be a dictionary, got ${show(text)}`);
  const entry = /\s*(['"])(\w*)\1\s*:\s*('[^'\\]*'|"[^"\\]*"|True|False|\([\s\dL,]*\)|\[.*\])\s*(,\s*|$)/sy;
  while (entry.lastIndex < rest.length && rest.slice(entry.lastIndex).trim() !== '') {
    const at = entry.lastIndex;
    const match = entry.exec(rest);
    if (match === null) throw new FormatError(op, `header must have entries 'name': value, got ${show(rest.slice(at))}`);
    const [, , name, value] = match;
    if (found.has(name)) throw new FormatError(op, `header keys must be unique, got '${name}' twice`);
    found.set(name, value);
  }
  const names = [...found.keys()].sort().join(', ');
  if (names !== 'descr, fortran_order, shape') {
    throw new FormatError(op, `header keys must be descr, fortran_order and shape, got ${show(names)}`);
  }
  const [descr, order, shape] = ['descr', 'fortran_order', 'shape'].map((name) => found.get(name) ?? '');
  return { descr: parseText(op, descr), fortranOrder: parseBoolean(op, order), shape: parseShape(op, shape) };
}

function parseText(op: string, value: string): string {
  if (value.startsWith('[')) {
    throw new FormatError(op, `elements must be numbers or booleans, got fields (structured array) ${show(value)}`);
  }
  if (!/^['"]/.test(value)) throw new FormatError(op, `descr must be quoted text, got ${show(value)}`);
  return value.slice(1, -1);
}

function parseBoolean(op: string, value: string): boolean {
  if (value !== 'True' && value !== 'False') {
    throw new FormatError(op, `fortran_order must be True or False, got ${show(value)}`);
  }
  return value === 'True';
}

function parseShape(op: string, value: string): Shape {
  const items = value.slice(1, -1).split(',');
  // A tuple may end in a comma; one of one must: `(3)` is an integer.
  const last = items.at(-1)?.trim() === '' ? items.pop() : undefined;
  const isTuple = value.startsWith('(') && (items.length !== 1 || last !== undefined);
  if (!isTuple || items.some((item) => !/^\d+L?$/.test(item.trim()))) {
    throw new FormatError(op, `shape must be a tuple of integers, got ${show(value)}`);
  }
  const shape = items.map((item) => Number.parseInt(item, 10));
  if (shape.length > maxRank) throw new FormatError(op, `shape must have at most ${maxRank} axes, got ${shape.length}`);
  const unsafe = shape.find((extent) => !Number.isSafeInteger(extent));
  if (unsafe !== undefined) throw new FormatError(op, `shape must have extents that a file can have, got ${unsafe}`);
  return shape;
}

function show(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
