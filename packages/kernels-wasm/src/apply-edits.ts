import { readUnsigned } from './read-unsigned.ts';

/**
 * What `edits` make of `base`. Each edit is three numbers and then bytes: how many bytes of `base` to keep, how many of the next to drop,
 * and how many to put in their place. Numbers are unsigned LEB128. What is left of `base` after the last edit is kept.
 */
export function applyEdits(base: Uint8Array, edits: Uint8Array): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  const cursor = { at: 0 };
  let from = 0;
  while (cursor.at < edits.length) {
    const to = from + readUnsigned(edits, cursor);
    pieces.push(base.subarray(from, to));
    from = to + readUnsigned(edits, cursor);
    const added = readUnsigned(edits, cursor);
    pieces.push(edits.subarray(cursor.at, cursor.at + added));
    cursor.at += added;
  }
  pieces.push(base.subarray(from));
  const result = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    result.set(piece, at);
    at += piece.length;
  }
  return result;
}
