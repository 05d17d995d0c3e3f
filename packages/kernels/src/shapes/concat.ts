import { ArgumentError, ShapeError } from '../errors.ts';
import { formatShape, normalizeAxis, type Shape } from '../shape.ts';

/**
 * Shape of a concatenation: extents along `axis` add up, the others are equal.
 *
 * @param op - the op that asks, for messages
 * @param axis - may count from the back
 * @throws {@link ArgumentError} for no input at all
 * @throws {@link ShapeError} where ranks or other extents differ, or there is no such axis
 * @example
 * concatShape('concat', [[2, 3], [2, 1]], -1) // [2, 4]
 */
export function concatShape(op: string, shapes: readonly Shape[], axis: number): Shape {
  if (shapes.length === 0) throw new ArgumentError(op, 'inputs must be at least one, got none');
  const first = shapes[0];
  const along = normalizeAxis(op, axis, first.length);
  const out = [...first];
  for (let i = 1; i < shapes.length; i++) {
    const shape = shapes[i];
    const fits = shape.length === first.length && shape.every((extent, at) => at === along || extent === first[at]);
    if (!fits) {
      const got = `${formatShape(first)} and ${formatShape(shape)}`;
      throw new ShapeError(op, `shapes must be equal but along axis ${along}, got ${got} (inputs 0 and ${i})`);
    }
    out[along] += shape[along];
  }
  return out;
}
