import type { HostTensor } from '@dl/kernels';
import type { Dataset } from '../dataset.ts';
import { checkIndex } from '../datasets/check-index.ts';
import { digestOf } from '../datasets/digest.ts';
import { ImageFileDataset, type ImageFileOptions } from '../folders/image-file-dataset.ts';
import { remember } from '../loader/workers/recipe.ts';
import { type LfwOptions, readLfwList } from './lfw-files.ts';
import { type LfwPair, lfwPath, parsePairs } from './parse-people.ts';

/** Two faces, and whether they are of one person: 1 or 0. */
export type LfwPairSample = {
  /** float32 `[3, h, w]`. */
  readonly first: HostTensor;
  /** float32 `[3, h, w]`. */
  readonly second: HostTensor;
  readonly y: number;
};

/** What an {@link LfwPairDataset} is made of. */
export interface LfwPairInit extends ImageFileOptions {
  /** By fold. */
  readonly pairs: ReadonlyArray<readonly LfwPair[]>;
  /** The file of an image by its path in the dataset. */
  readonly pathOf: (image: string) => string | Blob;
  readonly split?: string | undefined;
  readonly source: string;
}

/** Pairs of faces to be told apart. */
export class LfwPairDataset implements Dataset<LfwPairSample> {
  /** How many pairs there are. */
  readonly size: number;
  readonly classNames: readonly string[] = ['different', 'same'];
  /** 1 by pair where both are of one person, else 0. */
  readonly labels: Int32Array;
  /** Index of the fold by pair. */
  readonly folds: Int32Array;
  /** The photographs, each once. */
  readonly images: ImageFileDataset;
  /** Where the images come from, in words for a reader. */
  readonly source: string;
  /** What they are for, such as `'train'` or `'test'`, where that is known. */
  readonly split: string | undefined;
  /** Indices of the first and the second image by pair. */
  readonly pairs: ReadonlyArray<readonly [number, number]>;

  constructor({ pairs, pathOf, split, source, ...options }: LfwPairInit) {
    const all = pairs.flat();
    const indices = new Map<string, number>();
    const indexOf = (path: string): number => {
      const index = indices.get(path) ?? indices.size;
      indices.set(path, index);
      return index;
    };
    this.pairs = all.map(({ first, second }) => [indexOf(lfwPath(first)), indexOf(lfwPath(second))]);
    const entries = [...indices.keys()].map((path) => ({ file: pathOf(path), label: 0 }));
    this.images = new ImageFileDataset({ ...options, entries, classNames: ['face'], split, source });
    this.size = all.length;
    this.labels = Int32Array.from(all, ({ isSame }) => (isSame ? 1 : 0));
    this.folds = Int32Array.from(pairs.flatMap((fold, i) => fold.map(() => i)));
    this.source = source;
    this.split = split;
  }

  /**
   * Pair `index`.
   *
   * @throws {@link ArgumentError} for an index outside of the dataset
   * @throws {@link FormatError} when a file is not a sound image
   */
  async get(index: number): Promise<LfwPairSample> {
    checkIndex('LfwPairDataset', index, this.size);
    const [first, second] = await Promise.all(this.pairs[index].map(async (image) => (await this.images.get(image)).x));
    return { first, second, y: this.labels[index] };
  }

  /** A SHA-256 in hexadecimal of the pairs and their files. It reads every file. */
  async checksum(): Promise<string> {
    return digestOf(['pairs', await this.images.checksum(), this.pairs, this.labels, this.folds]);
  }
}

/**
 * The pairs of Labeled Faces in the Wild: `pairs.txt` has ten folds of 300 matched and 300 mismatched ones, on which results are reported as
 * {@link verificationAccuracy} computes them; `pairsDevTrain.txt` and `pairsDevTest.txt` are there to choose a model by. In Node only; for the folder
 * see {@link lfw}.
 *
 * @throws {@link DatasetUnavailableError} when the list or the folder is not there
 * @throws {@link FormatError} when the list is corrupt
 * @example
 * const available = await lfwPairs({ resize: 112 }).catch(() => undefined);
 * available?.size ?? 6000 // 6000
 * @see Huang, Ramesh, Berg & Learned-Miller, Labeled Faces in the Wild, 2007
 */
export async function lfwPairs(options: LfwOptions = {}): Promise<LfwPairDataset> {
  const { view, alignment, directory, ...rest } = options;
  const { list, pathOf, source, split } = await readLfwList('pairs', options, parsePairs);
  return remember(new LfwPairDataset({ ...rest, pairs: list, pathOf, split, source }), 'lfwPairs', () => [options]);
}
