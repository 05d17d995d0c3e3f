import { FormatError } from '@dl/kernels';
import { isInsideName } from '../detection/is-inside-name.ts';

/**
 * The names of images that a list of `ImageSets` has, one a line; a list about a class has 1, 0 or -1 beside each: has it, has it but is difficult,
 * has it not.
 *
 * @returns those without a number, and those with 1
 * @throws FormatError when a line is something else, leads out of the folders, or comes twice
 */
export function readImageSet(op: string, text: string): readonly string[] {
  const seen = new Set<string>();
  const chosen: string[] = [];
  text.split(/\r\n|\r|\n/).forEach((line, i) => {
    const [name, flag = '1', ...rest] = line.trim().split(/\s+/);
    if (name === '') return;
    if (!isInsideName(name) || rest.length > 0 || !['1', '0', '-1'].includes(flag)) {
      throw new FormatError(
        op,
        `a line must be the name of an image, and 1, 0 or -1 perhaps, got ${JSON.stringify(line.slice(0, 60))} (line ${i + 1})`,
      );
    }
    if (seen.has(name)) throw new FormatError(op, `an image must be listed once, got ${name} again (line ${i + 1})`);
    seen.add(name);
    if (flag === '1') chosen.push(name);
  });
  return chosen;
}
