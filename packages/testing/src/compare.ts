import { formatShape, type HostTensor, isFloat, sameShape } from '@dl/kernels';

/**
 * Refuses `actual` where it leaves `expected`: another shape, an integer or boolean that differs, NaN or an infinity in another place,
 * or a float further away than `tolerance` · (1 + its magnitude). What overflows float32 is expected to be infinite in float32.
 *
 * @throws Error that names the worst element
 */
export function assertClose(what: string, actual: HostTensor, expected: HostTensor, tolerance: number): void {
  if (!sameShape(actual.shape, expected.shape)) {
    throw new Error(`${what} must have shape ${formatShape(expected.shape)}, got ${formatShape(actual.shape)}`);
  }
  const relative = isFloat(actual.dtype) ? tolerance : 0;
  let worst = { index: -1, excess: 0 };
  for (let i = 0; i < actual.data.length; i++) {
    const value = expectedIn(actual, expected.data[i]);
    const excess = distance(actual.data[i], value) - relative * (1 + (Number.isFinite(value) ? Math.abs(value) : 0));
    if (excess > worst.excess) worst = { index: i, excess };
  }
  if (worst.index >= 0) {
    const [got, wanted] = [actual.data[worst.index], expected.data[worst.index]];
    throw new Error(
      `${what} must agree, got ${got} for ${wanted} at element ${worst.index} of ${formatShape(actual.shape)} ` +
        `(difference ${distance(got, wanted).toExponential(1)}, tolerance ${relative.toExponential(1)})`,
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
