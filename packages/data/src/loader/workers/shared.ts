const copies = new WeakMap<ArrayBufferLike, SharedArrayBuffer>();

/**
 * The same numbers in memory that threads share, copied there once; where there is no such memory, as in a page that is not cross-origin
 * isolated, the array itself, of which every thread gets a copy. Numbers that were changed since are copied anew.
 */
export function shared<A extends ArrayBufferView>(array: A): A {
  const { buffer, byteOffset, byteLength } = array;
  if (typeof SharedArrayBuffer === 'undefined' || buffer instanceof SharedArrayBuffer) return array;
  let copy = copies.get(buffer);
  if (copy === undefined || !haveSameBytes(copy, buffer)) {
    copy = new SharedArrayBuffer(buffer.byteLength);
    new Uint8Array(copy).set(new Uint8Array(buffer));
    copies.set(buffer, copy);
  }
  const View = array.constructor as ViewConstructor<A>;
  return new View(copy, byteOffset, byteLength / (View.BYTES_PER_ELEMENT ?? 1));
}

function haveSameBytes(a: ArrayBufferLike, b: ArrayBufferLike): boolean {
  const words = Math.floor(a.byteLength / 4);
  const [ofA, ofB] = [new Int32Array(a, 0, words), new Int32Array(b, 0, words)];
  for (let i = 0; i < words; i++) if (ofA[i] !== ofB[i]) return false;
  const [restOfA, restOfB] = [new Uint8Array(a, 4 * words), new Uint8Array(b, 4 * words)];
  return restOfA.every((byte, i) => byte === restOfB[i]);
}

interface ViewConstructor<A> {
  new (buffer: SharedArrayBuffer, byteOffset: number, length: number): A;
  /** A `DataView` has none: its elements are bytes. */
  readonly BYTES_PER_ELEMENT?: number;
}
