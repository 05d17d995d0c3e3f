import { ArgumentError, FormatError } from '@dl/kernels';

/** What becomes of objects without an area: the dataset is refused, or they are left out and listed. */
export type InvalidRule = 'refuse' | 'drop';

/** Most objects that an error names. */
const named = 10;

/**
 * Refuses objects that have no area, unless they are left out.
 *
 * @param found - where each of them is, and what it has
 */
export function checkInvalid(op: string, invalid: InvalidRule, found: readonly string[]): void {
  if (invalid !== 'refuse' && invalid !== 'drop')
    throw new ArgumentError(op, `invalid must be 'refuse' or 'drop', got ${invalid}`);
  if (invalid === 'drop' || found.length === 0) return;
  const more = found.length > named ? `; and ${found.length - named} more` : '';
  throw new FormatError(
    op,
    `objects must have an area inside of their image, got ${found.length} without: ${found.slice(0, named).join('; ')}${more} (pass invalid: 'drop' to leave them out)`,
  );
}
