import { formatShape, type HostTensor, isFloat, sameShape } from '@dl/kernels';

/**
 * Refuses `actual` where it leaves `expected`: another shape, an integer or boolean that differs, NaN or an infinity in another place,
 * or a float further away than `tolerance` · (1 + the largest finite magnitude of `expected`). What overflows float32 is expected to be
 * infinite in float32.
 *
 * @throws Error that names the worst element
 */
export function assertClose(what: string, actual: HostTensor, expected: HostTensor, tolerance: number): void {
  if (!sameShape(actual.shape, expected.shape)) {
    throw new Error(`${what} must have shape ${formatShape(expected.shape)}, got ${formatShape(actual.shape)}`);
  }
  const allowed = isFloat(actual.dtype) ? tolerance * (1 + largest(expected)) : 0;
  let worst = { index: -1, difference: allowed };
  for (let i = 0; i < actual.data.length; i++) {
    const difference = distance(actual.data[i], expectedIn(actual, expected.data[i]));
    if (difference > worst.difference) worst = { index: i, difference };
  }
  if (worst.index >= 0) {
    const { index, difference } = worst;
    throw new Error(
      `${what} must agree, got ${actual.data[index]} for ${expected.data[index]} at element ${index} of ${formatShape(actual.shape)} ` +
        `(difference ${difference.toExponential(1)}, allowed ${allowed.toExponential(1)})`,
    );
  }
}

/** Refuses the least difference: not one bit of rounding apart. NaN equals NaN, and 0 equals -0. */
export function assertEqual(what: string, actual: HostTensor, expected: HostTensor): void {
  assertClose(what, actual, expected, 0);
}

function expectedIn({ dtype }: HostTensor, value: number): number {
  return dtype === 'float32' ? Math.fround(value) : value;
}

/** 0 for equal values, NaN and infinities included; infinite where only one of the two is finite. */
function distance(a: number, b: number): number {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  const difference = Math.abs(a - b);
  return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
}

function largest({ data }: HostTensor): number {
  let max = 0;
  for (const value of data) if (Number.isFinite(value)) max = Math.max(max, Math.abs(value));
  return max;
}
