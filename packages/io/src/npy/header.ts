import { FormatError, formatShape, type Shape } from '@dl/kernels';
import { byteLength } from '../elements/byte-length.ts';
import { type ElementName, elementTypes } from '../elements/element-types.ts';
import { parseHeaderFields } from './header-fields.ts';

/** What stands before the elements. */
export interface NpyHeader {
  readonly type: ElementName;
  readonly bigEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: Shape;
  /** Where the elements begin. */
  readonly end: number;
}

/** `\x93NUMPY`. */
export const npyMagic: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** NumPy's own limit. */
const maxHeaderBytes = 10_000;

const typesByCode: ReadonlyMap<string, ElementName> = new Map<string, ElementName>([
  ['b1', 'BOOL'],
  ['i1', 'I8'],
  ['i2', 'I16'],
  ['i4', 'I32'],
  ['i8', 'I64'],
  ['u1', 'U8'],
  ['u2', 'U16'],
  ['u4', 'U32'],
  ['u8', 'U64'],
  ['f2', 'F16'],
  ['f4', 'F32'],
  ['f8', 'F64'],
]);

/** What NumPy calls the kinds of elements that are not read. */
const otherKinds: Readonly<Record<string, string>> = {
  O: 'objects, which are pickled Python',
  c: 'complex numbers',
  f: 'long doubles',
  S: 'byte strings',
  U: 'text',
  V: 'raw bytes',
  M: 'dates',
  m: 'times',
};

/** Reads the header of an npy file and checks that the elements which it promises are the rest of `bytes`. */
export function parseNpyHeader(op: string, bytes: Uint8Array): NpyHeader {
  const { text, end } = headerText(op, bytes);
  const { descr, fortranOrder, shape } = parseHeaderFields(op, text);
  const { type, bigEndian } = parseDescr(op, descr);
  const needed = byteLength(shape, elementTypes[type].bytes);
  if (needed !== bytes.length - end) {
    throw new FormatError(
      op,
      `elements must fill the shape and the file, got ${bytes.length - end} bytes and a need of ` +
        `${needed ?? 'more than any file has'} (${descr} ${formatShape(shape)})`,
    );
  }
  return { type, bigEndian, fortranOrder, shape, end };
}

function headerText(op: string, bytes: Uint8Array): { readonly text: string; readonly end: number } {
  if (npyMagic.some((byte, i) => bytes[i] !== byte)) {
    const got = bytes.length < npyMagic.length ? `${bytes.length} bytes` : `[${bytes.subarray(0, npyMagic.length).join(', ')}]`;
    throw new FormatError(op, `a file begins with [${npyMagic.join(', ')}], got ${got} (not an npy file?)`);
  }
  const [major, minor] = bytes.subarray(6, 8);
  const lengthBytes = major === 1 ? 2 : 4;
  const begin = 8 + lengthBytes;
  if (bytes.length < begin) throw new FormatError(op, `a file has at least 12 bytes, got ${bytes.length} (truncated?)`);
  if (!(major >= 1 && major <= 3) || minor !== 0) {
    throw new FormatError(op, `version must be 1.0, 2.0 or 3.0, got ${major}.${minor}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const length = lengthBytes === 2 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > maxHeaderBytes) throw new FormatError(op, `header length must be at most ${maxHeaderBytes}, got ${length}`);
  const end = begin + length;
  if (end > bytes.length) {
    const left = bytes.length - begin;
    throw new FormatError(op, `header must fit the file, got a length of ${length} and ${left} bytes (truncated?)`);
  }
  // Version 3 is UTF-8 for names of fields, which are refused; all else in a header is ASCII.
  return { text: new TextDecoder('latin1').decode(bytes.subarray(begin, end)), end };
}

function parseDescr(op: string, descr: string): { readonly type: ElementName; readonly bigEndian: boolean } {
  const order = descr[0];
  const type = typesByCode.get(descr.slice(1));
  if (type === undefined || !'<>|'.includes(order)) {
    const kind = otherKinds[descr[1]];
    const known = [...typesByCode.keys()].join(', ');
    throw new FormatError(
      op,
      `elements must be of a type among ${known} after <, > or |, got '${descr}'${kind ? ` (${kind})` : ''}`,
    );
  }
  if (order === '|' && elementTypes[type].bytes > 1) {
    throw new FormatError(op, `elements of several bytes must have a byte order, got '${descr}'`);
  }
  return { type, bigEndian: order === '>' };
}
