import { FormatError } from '@dl/kernels';
import type { TextLine } from '../files/read-text.ts';
import { isSynset } from './synsets.ts';

const op = 'imageNet';

/** Gives the synset of a validation image by its file's name without extension. */
export type ValidationMap = (image: string) => string;

/** What the numbers of a map stand for. */
export interface MapNumbers {
  /** Synsets by ILSVRC2012_ID, for lines of one number; undefined where no file says. */
  readonly byId: ReadonlyMap<number, string> | undefined;
  /** Synsets by class index, for lines of a name and a number. */
  readonly byIndex: readonly string[];
}

/**
 * Reads what says of which class each validation image is, in any of the forms that go around:
 *
 * - `ILSVRC2012_validation_ground_truth.txt`: line i is the ILSVRC2012_ID of image i;
 * - a synset a line, for image i;
 * - `ILSVRC2012_val_00000001.JPEG 65` or `ILSVRC2012_val_00000001.JPEG n01751748`: an index or a synset by name;
 * - `LOC_val_solution.csv`: `ILSVRC2012_val_00000001,n01751748 …`.
 *
 * @throws FormatError for a line of no such form, or a class that there is not
 */
export function parseValidationMap(lines: readonly TextLine[], numbers: MapNumbers): ValidationMap {
  const rows = lines.filter(({ text }) => text !== 'ImageId,PredictionString');
  const isByName = rows.length > 0 && /[\s,]/.test(rows[0].text);
  const synsets = new Map<string, string>();
  rows.forEach(({ text, number }, i) => {
    const [name, label] = isByName ? text.split(/[\s,]+/) : [`${i + 1}`, text];
    const synset = label === undefined ? undefined : synsetOf(label, isByName, numbers);
    if (synset === undefined || /[\s,]/.test(text) !== isByName) {
      throw new FormatError(op, `a line must name a class that there is, got '${text.slice(0, 60)}' (line ${number})`);
    }
    const key = isByName ? name.replace(/\.\w+$/, '') : name;
    if (synsets.has(key)) throw new FormatError(op, `an image must have one line, got two of ${key} (line ${number})`);
    synsets.set(key, synset);
  });
  return (image) => {
    const synset = synsets.get(isByName ? image : `${numberOf(image)}`);
    if (synset === undefined)
      throw new FormatError(op, `the validation map must have every image, got none of ${image} in ${synsets.size}`);
    return synset;
  };
}

function synsetOf(label: string, isByName: boolean, { byId, byIndex }: MapNumbers): string | undefined {
  if (isSynset(label)) return label;
  if (!/^\d+$/.test(label)) return undefined;
  if (isByName) return byIndex[Number(label)];
  if (byId === undefined) {
    throw new FormatError(
      op,
      'a ground truth of ILSVRC2012_IDs needs map_clsloc.txt, which says what they are, got none (meta.mat is not read)',
    );
  }
  return byId.get(Number(label));
}

/** 7 of `ILSVRC2012_val_00000007`. */
function numberOf(image: string): number {
  const digits = /_(\d+)$/.exec(image);
  if (digits === null) throw new FormatError(op, `a validation image must be named as ILSVRC2012_val_00000001, got ${image}`);
  return Number(digits[1]);
}
