import { FormatError } from '@dl/kernels';

/** What comes out, and the most that may. */
export interface InflateRule {
  readonly format: CompressionFormat;
  /** What the data is called in errors: `a gzip file`. */
  readonly what: string;
  readonly maxBytes: number;
}

/**
 * Inflates data by the platform's own codec, which checks the sums of `gzip` and `deflate`. No more than `maxBytes` and one chunk are
 * ever held.
 *
 * @throws FormatError when it is corrupt or truncated, or gives more than `maxBytes`
 */
export async function inflate(
  op: string,
  packed: readonly Uint8Array<ArrayBuffer>[],
  { format, what, maxBytes }: InflateRule,
): Promise<Uint8Array<ArrayBuffer>> {
  const source = new Blob([...packed]);
  const inflated = source.stream().pipeThrough(new DecompressionStream(format)).getReader();
  const next = async (): Promise<Uint8Array | undefined> => {
    try {
      const { value } = await inflated.read();
      return value;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new FormatError(op, `must be ${what}, got ${source.size} bytes: ${reason} (fetch it again)`);
    }
  };
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let chunk = await next(); chunk !== undefined; chunk = await next()) {
    length += chunk.length;
    if (length > maxBytes) {
      await inflated.cancel();
      throw new FormatError(op, `must inflate to at most ${maxBytes} bytes, got more (from ${source.size})`);
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
