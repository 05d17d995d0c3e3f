import { FormatError, formatShape, type Shape } from '@dl/kernels';
import { byteLength } from '../elements/byte-length.ts';
import { type ElementName, elementTypes, isElementName } from '../elements/element-types.ts';
import { findDuplicateKey } from './duplicate-key.ts';

/** Also the limit of the reference reader. */
const maxHeaderBytes = 100_000_000;

/** One row of the header, checked by itself: the range has the bytes that shape and type need. */
export interface TensorInfo {
  readonly name: string;
  readonly type: ElementName;
  readonly shape: Shape;
  /** Range in the data that follows the header. */
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  /** In the order of their data. */
  readonly tensors: readonly TensorInfo[];
  readonly metadata: Record<string, string>;
}

/**
 * Where the header ends and the data begins.
 *
 * @param prefix - the first 8 bytes of the file, or what it has of them
 */
export function headerEnd(op: string, prefix: Uint8Array, fileBytes: number): number {
  if (prefix.length < 8) throw new FormatError(op, `a file has at least 8 bytes, got ${prefix.length} (truncated?)`);
  const declared = new DataView(prefix.buffer, prefix.byteOffset, 8).getBigUint64(0, true);
  if (declared > maxHeaderBytes) {
    throw new FormatError(op, `header length must be at most ${maxHeaderBytes}, got ${declared} (not a safetensors file?)`);
  }
  if (declared > fileBytes - 8) {
    throw new FormatError(op, `header must fit the file, got a length of ${declared} and ${fileBytes - 8} bytes (truncated?)`);
  }
  return 8 + Number(declared);
}

/** Reads the JSON header and checks that the ranges tile `dataBytes` bytes: no hole, no overlap, nothing left over. */
export function parseHeader(op: string, bytes: Uint8Array, dataBytes: number): Header {
  const { __metadata__: metadata, ...rows } = parseJson(op, bytes);
  const tensors = Object.entries(rows).map(([name, row]) => parseRow(op, name, row));
  tensors.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkTiling(op, tensors, dataBytes);
  return { tensors, metadata: metadata === undefined ? {} : parseMetadata(op, metadata) };
}

function parseJson(op: string, bytes: Uint8Array): Record<string, unknown> {
  if (bytes[0] !== 0x7b) throw new FormatError(op, `header must begin with '{', got byte ${bytes[0]}`);
  let text: string;
  let json: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    json = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(op, `header must be JSON in UTF-8, got ${reason}`);
  }
  const twice = findDuplicateKey(text);
  if (twice !== undefined) throw new FormatError(op, `header keys must be unique, got '${twice}' twice`);
  return json as Record<string, unknown>;
}

function parseMetadata(op: string, value: unknown): Record<string, string> {
  if (!isObject(value)) throw new FormatError(op, `__metadata__ must be an object of strings, got ${show(value)}`);
  const entries = Object.entries(value);
  for (const [key, text] of entries) {
    if (typeof text !== 'string') throw new FormatError(op, `__metadata__ values must be strings, got ${show(text)} ('${key}')`);
  }
  return Object.fromEntries(entries) as Record<string, string>;
}

function parseRow(op: string, name: string, row: unknown): TensorInfo {
  const where = `(tensor '${name}')`;
  if (!isObject(row)) throw new FormatError(op, `a tensor must be described by an object, got ${show(row)} ${where}`);
  const type = row.dtype;
  if (!isElementName(type)) {
    const known = Object.keys(elementTypes).join(', ');
    throw new FormatError(op, `dtype must be one of ${known}, got ${show(type)} ${where}`);
  }
  const { shape, data_offsets: offsets } = row;
  if (!isCounts(shape)) throw new FormatError(op, `shape must be a list of non-negative integers, got ${show(shape)} ${where}`);
  if (!isCounts(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) {
    throw new FormatError(op, `data_offsets must be [begin, end] with begin <= end, got ${show(offsets)} ${where}`);
  }
  const [begin, end] = offsets;
  const needed = byteLength(shape, elementTypes[type].bytes);
  if (needed !== end - begin) {
    throw new FormatError(
      op,
      `data_offsets must span the bytes of the shape, got ${end - begin} and ${needed ?? 'more than any file has'} bytes ` +
        `(tensor '${name}', ${type} ${formatShape(shape)})`,
    );
  }
  return { name, type, shape, begin, end };
}

function checkTiling(op: string, sorted: readonly TensorInfo[], dataBytes: number): void {
  let end = 0;
  for (const info of sorted) {
    if (info.begin !== end) {
      const what = info.begin > end ? 'hole' : 'overlap';
      throw new FormatError(
        op,
        `tensors must follow each other with no ${what}, got begin ${info.begin} after end ${end} ('${info.name}')`,
      );
    }
    end = info.end;
  }
  if (end !== dataBytes) {
    throw new FormatError(op, `tensors must cover the data exactly, got ${end} bytes described and ${dataBytes} in the file`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0 && !Object.is(n, -0));
}

/** A value of the header as an error shows it: a line at most, and no recursion into a hostile one. */
function show(value: unknown): string {
  const text = Array.isArray(value)
    ? `[${value.slice(0, 9).map(showScalar).join(', ')}${value.length > 9 ? ', …' : ''}]`
    : showScalar(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function showScalar(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  return isObject(value) ? 'an object' : JSON.stringify(value);
}
