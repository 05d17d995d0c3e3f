import { ImageFileDataset, type ImageFileOptions } from '../folders/image-file-dataset.ts';

/** A picture and who drew what. */
export interface OmniglotFile {
  readonly alphabet: string;
  readonly character: string;
  /** From 1 to 20. */
  readonly drawer: number;
  readonly file: string | Blob;
}

/** What an {@link OmniglotDataset} is made of. */
export interface OmniglotInit extends Omit<ImageFileOptions, 'channels'> {
  /** In order: those of a character one after the other, and the characters of an alphabet. */
  readonly files: readonly OmniglotFile[];
  readonly split: string;
  readonly source: string;
}

/** Drawn characters; a class is a character, such as `'Balinese/character01'`. */
export class OmniglotDataset extends ImageFileDataset {
  /** What the alphabets are called. */
  readonly alphabets: readonly string[];
  /** Index of the alphabet by class. */
  readonly alphabetOfClass: Int32Array;
  /** Who drew it, from 1 to 20, by image. */
  readonly drawers: Int32Array;

  constructor({ files, ...init }: OmniglotInit) {
    const classes = new Map<string, number>();
    const alphabets = new Map<string, number>();
    const alphabetOfClass: number[] = [];
    const entries = files.map(({ alphabet, character, file }) => {
      const name = `${alphabet}/${character}`;
      const label = numberOf(classes, name);
      alphabetOfClass[label] = numberOf(alphabets, alphabet);
      return { file, label };
    });
    super({ ...init, entries, classNames: [...classes.keys()], channels: 1 });
    this.alphabets = [...alphabets.keys()];
    this.alphabetOfClass = Int32Array.from(alphabetOfClass);
    this.drawers = Int32Array.from(files, ({ drawer }) => drawer);
  }
}

/** The number of `name`: the next one, where it is new. */
function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name) ?? numbers.size;
  numbers.set(name, known);
  return known;
}
