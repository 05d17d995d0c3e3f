const copies = new WeakMap<ArrayBufferLike, SharedArrayBuffer>();

/**
 * The same numbers in memory that threads share, copied there once; where there is no such memory, as in a page that is not cross-origin
 * isolated, the array itself, of which every thread gets a copy.
 */
export function shared<A extends ArrayBufferView>(array: A): A {
  const { buffer, byteOffset, byteLength } = array;
  if (typeof SharedArrayBuffer === 'undefined' || buffer instanceof SharedArrayBuffer) return array;
  let copy = copies.get(buffer);
  if (copy === undefined) {
    copy = new SharedArrayBuffer(buffer.byteLength);
    new Uint8Array(copy).set(new Uint8Array(buffer));
    copies.set(buffer, copy);
  }
  const View = array.constructor as ViewConstructor<A>;
  return new View(copy, byteOffset, byteLength / (View.BYTES_PER_ELEMENT ?? 1));
}

interface ViewConstructor<A> {
  new (buffer: SharedArrayBuffer, byteOffset: number, length: number): A;
  /** A `DataView` has none: its elements are bytes. */
  readonly BYTES_PER_ELEMENT?: number;
}
