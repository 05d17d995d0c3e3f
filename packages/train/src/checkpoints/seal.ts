/** What the metadata of a checkpoint begin with. */
export const format = 'dl-checkpoint-1';

/** What stands in place of a checkpoint's checksum while the checksum is computed. */
export const blankSeal: string = '0'.repeat(64);

/** What stands before the checksum: metadata come first in a safetensors file, in the order of their names. */
export const beforeSeal: string = `{"__metadata__":{"format":"${format}","sha256":"`;

/** Where the checksum begins: after 8 bytes of length and {@link beforeSeal}. */
export const sealBegin: number = 8 + beforeSeal.length;
