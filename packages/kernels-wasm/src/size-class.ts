/** Bytes that every block is a multiple of, and starts on: a cache line. */
export const blockAlignment = 64;

/**
 * The class of the smallest block that holds `bytes`: multiples of 64 up to 512, then four sizes an octave, so that at most a
 * fifth of a large block is unused.
 */
export function sizeClassOf(bytes: number): number {
  const units = bytes <= blockAlignment ? 0 : Math.ceil(bytes / blockAlignment) - 1;
  if (units < 4) return units;
  const octave = 31 - Math.clz32(units);
  return 4 * (octave - 1) + ((units >>> (octave - 2)) & 3);
}

/** Bytes of a block of `sizeClass`. */
export function bytesOfClass(sizeClass: number): number {
  if (sizeClass < 4) return (sizeClass + 1) * blockAlignment;
  return ((sizeClass & 3) + 5) * 2 ** ((sizeClass >>> 2) - 1) * blockAlignment;
}

/** The number of classes: the largest holds 4 GiB. */
export const sizeClasses: number = sizeClassOf(2 ** 32) + 1;
