import type { Normalization } from '../datasets/image-dataset.ts';
import { split } from '../datasets/split.ts';
import { nodeModules } from '../files/node-modules.ts';
import { imageFolder } from '../folders/image-folder.ts';
import type { CatalogOptions } from './named-dataset.ts';
import { first, type Parts, withValidation } from './parts.ts';

/** From [0, 1] to [-2, 2]. */
const normalization: Normalization = { mean: 0.5, std: 0.25 };
const testShare = 0.2;

/**
 * A folder with a folder of images for each class; or one with `train` and `test`, and perhaps `validation`, that have them. Without a `test`, a
 * fifth is to test with.
 */
export async function loadImageFolder(folder: string, options: CatalogOptions): Promise<Parts> {
  const { imageSize: side = 64, seed = 0 } = options;
  const { streams, path } = nodeModules('createDataset');
  const read = (inside: string, part: string | undefined): ReturnType<typeof imageFolder> =>
    imageFolder(path.join(folder, inside), { split: part, resize: side, centerCrop: side, normalize: normalization });
  const has = (name: string): boolean => streams.existsSync(path.join(folder, name));
  const facts = { source: folder, inputShape: [3, side, side], normalization };
  if (has('train') && has('test')) {
    const all = await read('train', 'train');
    const parts = has('validation')
      ? { train: first(all, options), validation: first(await read('validation', 'validation'), options) }
      : withValidation(first(all, options), options);
    return { ...facts, classNames: all.classNames, ...parts, test: first(await read('test', 'test'), options) };
  }
  const all = await read('.', undefined);
  const { train, test } = split(all, { train: 1 - testShare, test: testShare }, { seed, stratify: all.labels });
  const parts = withValidation(first(train, options), options);
  return { ...facts, classNames: all.classNames, ...parts, test: first(test, options) };
}
