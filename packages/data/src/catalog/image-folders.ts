import { FormatError } from '@dl/kernels';
import type { Dataset } from '../dataset.ts';
import type { ImageSample, Normalization } from '../datasets/image-dataset.ts';
import { split } from '../datasets/split.ts';
import { nodeModules } from '../files/node-modules.ts';
import { imageFolder } from '../folders/image-folder.ts';
import { listFolders } from '../folders/list-images.ts';
import type { CatalogOptions } from './named-dataset.ts';
import { type Parts, withValidation } from './parts.ts';

/** From [0, 1] to [-2, 2]. */
const normalization: Normalization = { mean: 0.5, std: 0.25 };
const testShare = 0.2;
const partNames: readonly string[] = ['train', 'validation', 'val', 'test'];

/**
 * A folder with a folder of images for each class; or one with `train`, and perhaps `validation` (or `val`) and `test`, that have them. Without a `test`,
 * a fifth is to test with.
 *
 * @throws FormatError when a part has other classes, and so other numbers for them, than that to train on
 */
export async function loadImageFolder(folder: string, options: CatalogOptions): Promise<Parts> {
  const { imageSize: side = 64, seed = 0 } = options;
  const node = nodeModules('createDataset');
  const names = await listFolders(node, folder);
  const has = (name: string): boolean => names.includes(name);
  // A class may be called train, too.
  const isParted = has('train') && (has('test') || names.every((name) => partNames.includes(name)));
  const read = (inside: string, part: string | undefined): ReturnType<typeof imageFolder> =>
    imageFolder(node.path.join(folder, inside), { split: part, resize: side, centerCrop: side, normalize: normalization });
  const all = isParted ? await read('train', 'train') : await read('.', undefined);
  const readPart = async (inside: string, name: string): Promise<Dataset<ImageSample>> => {
    const part = await read(inside, name);
    checkClasses(folder, inside, all.classNames, part.classNames);
    return some(part, options);
  };
  const facts = { source: folder, inputShape: [3, side, side], classNames: all.classNames, normalization };
  const { train: rest, test } =
    isParted && has('test')
      ? { train: all, test: await readPart('test', 'test') }
      : split<ImageSample, 'train' | 'test'>(all, { train: 1 - testShare, test: testShare }, { seed, stratify: all.labels });
  const train = some(rest, options);
  const validation = isParted ? ['validation', 'val'].find(has) : undefined;
  const parts =
    validation === undefined ? withValidation(train, options) : { train, validation: await readPart(validation, 'validation') };
  return { ...facts, ...parts, test: some(test, options) };
}

/** As many as are wanted, of each class alike: files are sorted by class, so that the first would be of one. */
function some<T>(dataset: Dataset<T>, { limit = Infinity, seed = 0 }: CatalogOptions): Dataset<T> {
  if (limit >= dataset.size) return dataset;
  return split(dataset, [limit, dataset.size - limit], { seed, stratify: dataset.labels })[0];
}

function checkClasses(folder: string, part: string, expected: readonly string[], got: readonly string[]): void {
  if (expected.join('/') === got.join('/')) return;
  const rule = `parts must have the same classes, got [${expected.join(', ')}] and [${got.join(', ')}]`;
  throw new FormatError('createDataset', `${rule} (${part})`).within(folder);
}
