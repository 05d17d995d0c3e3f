import type { ImageDataset, Normalization } from '../datasets/image-dataset.ts';
import { type CifarKind, type CifarOptions, readCifar } from './read-cifar.ts';

/** Options of {@link cifar100}. */
export interface Cifar100Options extends CifarOptions {
  /** The 100 classes, or the 20 groups of five that they make. Default `'fine'`. */
  readonly labels?: 'fine' | 'coarse' | undefined;
}

/** Mean and deviation of each channel of the training pixels. */
export const cifar100Normalization: Normalization = { mean: [0.5071, 0.4865, 0.4409], std: [0.2673, 0.2564, 0.2762] };

const kind: CifarKind = {
  op: 'cifar100',
  folder: 'cifar-100',
  inside: 'cifar-100-binary',
  files: { train: ['train.bin'], test: ['test.bin'] },
  archive: {
    name: 'cifar-100-binary.tar.gz',
    bytes: 168_513_733,
    sha256: '58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec',
  },
};

const fine = `
  apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly camel can castle
  caterpillar cattle chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur dolphin elephant flatfish
  forest fox girl hamster house kangaroo keyboard lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle
  mountain mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree plain plate poppy porcupine
  possum rabbit raccoon ray road rocket rose sea seal shark shrew skunk skyscraper snail snake spider squirrel streetcar
  sunflower sweet_pepper table tank telephone television tiger tractor train trout tulip turtle wardrobe whale
  willow_tree wolf woman worm
`;

const coarse = `
  aquatic_mammals fish flowers food_containers fruit_and_vegetables household_electrical_devices household_furniture
  insects large_carnivores large_man-made_outdoor_things large_natural_outdoor_scenes large_omnivores_and_herbivores
  medium_mammals non-insect_invertebrates people reptiles small_mammals trees vehicles_1 vehicles_2
`;

/**
 * CIFAR-100: as {@link cifar10}, with 500 training and 100 test pictures of each of 100 classes; in the folder `cifar-100`, loose or
 * in `cifar-100-binary`, or the archive `cifar-100-binary.tar.gz`. In Node only.
 *
 * @throws {@link DatasetUnavailableError} when no place has the files
 * @throws FormatError when a file is truncated, corrupt or something else
 * @throws {@link ArgumentError} when both `directory` and `files` are given
 * @throws the reason of `signal`, when it aborts
 * @example
 * const available = await cifar100({ split: 'test', labels: 'coarse', download: false }).catch(() => undefined);
 * available?.classNames.length ?? 20 // 20
 * @see Krizhevsky, Learning multiple layers of features from tiny images, 2009
 */
export function cifar100(options: Cifar100Options): Promise<ImageDataset> {
  const isCoarse = options.labels === 'coarse';
  const classNames = (isCoarse ? coarse : fine).trim().split(/\s+/);
  const labels = { at: isCoarse ? 0 : 1, bytes: 2, classNames };
  return readCifar(kind, labels, { ...options, normalize: options.normalize ?? cifar100Normalization });
}
