import { FormatError } from '@dl/kernels';

/** Reads the arguments of a pickle's opcodes, each checked against what is left. */
export class PickleReader {
  readonly op: string;
  /** The next byte. */
  at: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #file: string;

  /** @param file - what errors call the bytes: `archive/data.pkl` */
  constructor(op: string, file: string, bytes: Uint8Array, begin: number) {
    this.op = op;
    this.at = begin;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#file = file;
  }

  get left(): number {
    return this.#bytes.length - this.at;
  }

  /** An error about byte `at`, by default the next one. */
  error(detail: string, at: number = this.at): FormatError {
    return new FormatError(this.op, `${detail} (byte ${at} of ${this.#file})`);
  }

  uint8(): number {
    return this.#view.getUint8(this.#skip(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#skip(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#skip(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#skip(4), true);
  }

  /** A length. What no file reaches is refused, so that it is exact. */
  uint64(): number {
    const value = this.#view.getBigUint64(this.#skip(8), true);
    if (value > Number.MAX_SAFE_INTEGER) throw this.error(`lengths must fit the file, got ${value}`);
    return Number(value);
  }

  /** Big-endian: the one thing in a pickle that is. */
  float64(): number {
    return this.#view.getFloat64(this.#skip(8));
  }

  /** The next `length` bytes, in the file's own memory. */
  bytes(length: number): Uint8Array {
    const begin = this.#skip(length);
    return this.#bytes.subarray(begin, begin + length);
  }

  text(length: number): string {
    const at = this.at;
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.bytes(length));
    } catch (error) {
      throw error instanceof FormatError ? error : this.error('text must be UTF-8, got other bytes', at);
    }
  }

  /** Up to the next line feed, which is passed. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.at);
    if (end < 0) throw this.error('names must end in a line feed, got the end');
    const text = this.text(end - this.at);
    this.at = end + 1;
    return text;
  }

  #skip(length: number): number {
    if (length > this.left) throw this.error(`lengths must fit the file, got ${length} and ${this.left} bytes (truncated?)`);
    this.at += length;
    return this.at - length;
  }
}
