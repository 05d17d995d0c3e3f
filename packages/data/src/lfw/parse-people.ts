import { FormatError } from '@dl/kernels';
import { isInsideName } from '../detection/is-inside-name.ts';
import type { TextLine } from '../files/read-text.ts';

const op = 'lfw';

/** A photograph: the person's name and the number of the file. */
export interface LfwImage {
  readonly name: string;
  readonly number: number;
}

/** `Aaron_Peirsol/Aaron_Peirsol_0001.jpg` */
export function lfwPath({ name, number }: LfwImage): string {
  return `${name}/${name}_${`${number}`.padStart(4, '0')}.jpg`;
}

/** Two photographs, and whether they are of one person. */
export interface LfwPair {
  readonly first: LfwImage;
  readonly second: LfwImage;
  readonly isSame: boolean;
}

/**
 * Reads `pairs.txt`: how many folds there are and n, then in each n lines of a name and two numbers, and n of two names with a number each.
 * `pairsDevTrain.txt` and `pairsDevTest.txt` have n alone, and one fold.
 *
 * @returns the pairs of each fold
 * @throws FormatError for another line, or another number of them
 */
export function parsePairs(lines: readonly TextLine[]): ReadonlyArray<readonly LfwPair[]> {
  const first = lines[0]?.text.split(/\s+/) ?? [];
  const [folds, n] = first.length === 1 ? [1, Number(first[0])] : first.map(Number);
  const isCount = (count: number): boolean => Number.isInteger(count) && count > 0;
  if (first.length > 2 || !isCount(folds) || !isCount(n)) {
    throw new FormatError(op, `pairs must begin with the number of folds and of pairs, got '${lines[0]?.text ?? ''}'`);
  }
  if (lines.length !== 1 + 2 * n * folds) {
    throw new FormatError(
      op,
      `${folds} folds of ${n} matched and as many mismatched pairs take ${2 * n * folds} lines, got ${lines.length - 1}`,
    );
  }
  return Array.from({ length: folds }, (_, fold) =>
    lines.slice(1 + 2 * n * fold, 1 + 2 * n * (fold + 1)).map((line, i) => parsePair(line, i < n)),
  );
}

function parsePair({ text, number: line }: TextLine, isSame: boolean): LfwPair {
  const parts = text.split(/\s+/);
  const [name, one, two, three] = parts;
  const numbers = isSame ? [one, two] : [one, three];
  if (parts.length !== (isSame ? 3 : 4) || !numbers.every(isNumber)) {
    const rule = isSame
      ? 'a matched pair must be a name and two numbers'
      : 'a mismatched pair must be two names with a number each';
    throw new FormatError(op, `${rule}, got '${text.slice(0, 80)}' (line ${line})`);
  }
  const other = isSame ? name : two;
  for (const person of [name, other]) checkName(person, line);
  return { first: { name, number: Number(numbers[0]) }, second: { name: other, number: Number(numbers[1]) }, isSame };
}

/**
 * Reads `people.txt`: how many folds there are, then for each how many people, and a line with the name and the number of photographs of each.
 * `peopleDevTrain.txt` and `peopleDevTest.txt` begin with the number of people, and have one fold.
 *
 * @returns the photographs of each fold
 * @throws FormatError for another line, or another number of them
 */
export function parsePeople(lines: readonly TextLine[]): ReadonlyArray<readonly LfwImage[]> {
  const isSingle = lines.length > 1 && !isNumber(lines[1].text);
  let at = isSingle ? 0 : 1;
  const folds = isSingle ? 1 : countOf(lines[0]);
  const parsed = Array.from({ length: folds }, () => {
    const count = countOf(lines[at]);
    const people = lines.slice(at + 1, at + 1 + count);
    if (people.length < count)
      throw new FormatError(op, `a fold of ${count} people must have as many lines, got ${people.length}`);
    at += 1 + count;
    return people.flatMap(parsePerson);
  });
  if (at !== lines.length) throw new FormatError(op, `people must end after ${folds} folds, got ${lines.length - at} lines more`);
  return parsed;
}

function countOf(line: TextLine | undefined): number {
  if (line === undefined || !isNumber(line.text)) {
    throw new FormatError(
      op,
      `a list of people must say how many follow, got '${line?.text ?? 'its end'}' (line ${line?.number})`,
    );
  }
  return Number(line.text);
}

function parsePerson({ text, number: line }: TextLine): readonly LfwImage[] {
  const [name, count, more] = text.split(/\s+/);
  if (!isNumber(count) || more !== undefined) {
    throw new FormatError(op, `a person must be a name and a number, got '${text.slice(0, 80)}' (line ${line})`);
  }
  checkName(name, line);
  return Array.from({ length: Number(count) }, (_, i) => ({ name, number: i + 1 }));
}

/** Names become paths. */
function checkName(name: string, line: number): void {
  if (name.includes('/') || !isInsideName(name)) {
    throw new FormatError(op, `a person must have a name that leads into the folder of the images, got '${name}' (line ${line})`);
  }
}

/** What no line of theirs exceeds, so that a false one cannot take memory. */
function isNumber(text: string | undefined): boolean {
  return text !== undefined && /^\d{1,4}$/.test(text) && Number(text) > 0;
}
