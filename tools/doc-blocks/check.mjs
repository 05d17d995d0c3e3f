import { inspect, matches } from './inspect.mjs';

/**
 * What a program of the docs calls for each result comment.
 *
 * @param {number} line
 * @param {() => Promise<unknown>} run
 * @param {string} expected
 */
export async function check(line, run, expected) {
  if (expected.startsWith('throws ')) return checkThrows(line, run, expected.slice('throws '.length));
  const value = await run();
  const printed = [inspect(value), ...(typeof value === 'string' ? [value] : []), ...shapeOf(value)];
  if (!printed.some((one) => matches(one, expected)))
    throw new Error(`line ${line}: the comment says ${expected}, the value is ${printed[0]}`);
}

/**
 * A tensor may be described by its shape alone.
 *
 * @param {unknown} value
 */
const shapeOf = (value) => (typeof value === 'object' && value !== null && 'shape' in value ? [inspect(value.shape)] : []);

/**
 * @param {number} line
 * @param {() => Promise<unknown>} run
 * @param {string} expected
 */
async function checkThrows(line, run, expected) {
  /** @type {unknown} */
  let error;
  try {
    await run();
  } catch (thrown) {
    error = thrown;
  }
  if (error === undefined) throw new Error(`line ${line}: the comment says it throws, and it does not`);
  const [actual, wanted] = [inspect(error), expected].map((text) => text.replace(/\s+/g, ' ').trim());
  if (!actual.startsWith(wanted.replace(/…$/, '')))
    throw new Error(`line ${line}: the comment says it throws ${wanted}, it throws ${actual}`);
}
