import { ArgumentError } from '@dl/kernels';

const chunkBytes = 2 ** 20;
const digestBytes = 32;

/**
 * SHA-256 of values of any length in little memory, in Node and in browsers, whose own function takes everything at once: bytes are
 * cut into chunks of 1 MiB, and each digest is of the one before it and a chunk, $h_k = \mathrm{SHA256}(h_{k-1} \,\|\, c_k)$, $h_0 = 0$.
 */
export class Digest {
  readonly #buffer = new Uint8Array(digestBytes + chunkBytes);
  #end: number = digestBytes;

  /**
   * Takes in a value: numbers, strings, typed arrays, and arrays and objects of them, whose keys count in alphabetical order. Different
   * values give different bytes, since each begins with its kind and length.
   *
   * @throws ArgumentError for a function, or another value that does not show what it holds
   */
  async value(value: unknown): Promise<void> {
    if (typeof value === 'string') {
      const bytes = new TextEncoder().encode(value);
      await this.#text(`s${bytes.length}:`);
      await this.#bytes(bytes);
    } else if (ArrayBuffer.isView(value)) {
      await this.#text(`${value.constructor.name}${value.byteLength}:`);
      await this.#bytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    } else if (Array.isArray(value)) {
      await this.#text(`[${value.length}:`);
      for (const part of value) await this.value(part);
    } else if (typeof value === 'object' && value !== null) await this.#fields(value);
    else if (typeof value === 'function' || typeof value === 'symbol') {
      throw new ArgumentError('datasetChecksum', `items must be of numbers, strings and arrays, got a ${typeof value}`);
    } else await this.#text(`${typeof value} ${value};`);
  }

  /** In hexadecimal. Nothing can be taken in afterwards. */
  async hex(): Promise<string> {
    await this.#close();
    return Array.from(this.#buffer.subarray(0, digestBytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  async #fields(value: object): Promise<void> {
    const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    if (fields.length === 0 && Object.getPrototypeOf(value) !== Object.prototype) {
      throw new ArgumentError(
        'datasetChecksum',
        `items must be of numbers, strings and arrays, got a ${value.constructor?.name ?? 'bare object'}`,
      );
    }
    await this.#text(`{${fields.length}:`);
    for (const [name, field] of fields) {
      await this.value(name);
      await this.value(field);
    }
  }

  #text(text: string): Promise<void> {
    return this.#bytes(new TextEncoder().encode(text));
  }

  async #bytes(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const part = bytes.subarray(done, done + this.#buffer.length - this.#end);
      this.#buffer.set(part, this.#end);
      this.#end += part.length;
      done += part.length;
      if (this.#end === this.#buffer.length) await this.#close();
    }
  }

  async #close(): Promise<void> {
    this.#buffer.set(new Uint8Array(await crypto.subtle.digest('SHA-256', this.#buffer.subarray(0, this.#end))));
    this.#end = digestBytes;
  }
}

/** The {@link Digest} of one value. */
export async function digestOf(value: unknown): Promise<string> {
  const digest = new Digest();
  await digest.value(value);
  return digest.hex();
}
