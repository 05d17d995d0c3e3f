import { FormatError } from '@dl/kernels';

/** What comes in, and the most that may come out. */
export interface InflateRule {
  readonly format: 'gzip' | 'deflate';
  /** What the data is called in errors: `a sound gzip file`. */
  readonly what: string;
  readonly maxBytes: number;
}

/**
 * Inflates data by the platform's own codec, which checks the sums of `gzip` and `deflate`. Memory is taken for no more than `maxBytes` and
 * one chunk.
 *
 * @throws FormatError when it is corrupt or truncated, or gives more than `maxBytes`
 */
export function inflate(op: string, packed: Uint8Array<ArrayBuffer>, rule: InflateRule): Promise<Uint8Array<ArrayBuffer>> {
  // A stream takes half a millisecond, which is more than a small image. What is gzipped is a large file: it does not stop the event loop.
  const zlib = rule.format === 'gzip' || typeof process === 'undefined' ? undefined : process.getBuiltinModule?.('node:zlib');
  return zlib === undefined ? inflateStream(op, packed, rule) : inflateAtOnce(zlib, op, packed, rule);
}

async function inflateAtOnce(
  zlib: typeof import('node:zlib'),
  op: string,
  packed: Uint8Array<ArrayBuffer>,
  rule: InflateRule,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(zlib.inflateSync(packed, { maxOutputLength: Math.max(1, rule.maxBytes) }));
  } catch (error) {
    const isTooMuch = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw isTooMuch ? tooMuch(op, packed, rule) : unsound(op, packed, rule, error);
  }
}

async function inflateStream(op: string, packed: Uint8Array<ArrayBuffer>, rule: InflateRule): Promise<Uint8Array<ArrayBuffer>> {
  const inflated = new Blob([packed]).stream().pipeThrough(new DecompressionStream(rule.format)).getReader();
  const next = async (): Promise<Uint8Array | undefined> => {
    try {
      const { value } = await inflated.read();
      return value;
    } catch (error) {
      throw unsound(op, packed, rule, error);
    }
  };
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let chunk = await next(); chunk !== undefined; chunk = await next()) {
    length += chunk.length;
    if (length > rule.maxBytes) {
      await inflated.cancel();
      throw tooMuch(op, packed, rule);
    }
    chunks.push(chunk);
  }
  const out = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    out.set(chunk, offset);
    offset += chunk.length;
  }
  return out;
}

function tooMuch(op: string, { length }: Uint8Array, { maxBytes }: InflateRule): FormatError {
  return new FormatError(op, `must inflate to at most ${maxBytes} bytes, got more (from ${length})`);
}

function unsound(op: string, { length }: Uint8Array, { what }: InflateRule, error: unknown): FormatError {
  const reason = error instanceof Error ? error.message : String(error);
  return new FormatError(op, `must be ${what}, got ${length} bytes: ${reason} (fetch it again)`);
}
