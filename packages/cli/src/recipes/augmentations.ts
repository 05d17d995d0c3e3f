import {
  type BatchTransform,
  compose,
  eachImage,
  elasticTransform,
  type ImageBatch,
  type ImageTransform,
  randomAffine,
  randomCrop,
  randomErasing,
  randomHorizontalFlip,
} from '@dl/data';

/** The names of `--augment`. */
export type AugmentationName = 'none' | 'shift' | 'affine' | 'elastic' | 'flip' | 'flip-crop' | 'flip-crop-erase';

/** What an augmentation depends on. */
interface ImageFacts {
  readonly size: readonly [height: number, width: number];
  /** What a black pixel has become by normalisation. */
  readonly black: number;
}

type Make = (facts: ImageFacts) => ImageTransform;

const affine: Make = ({ black }) =>
  randomAffine(10, { translate: [0.08, 0.08], scale: [0.9, 1.1], interpolation: 'bilinear', fill: black });

// 4 pixels of 32 that are as grey as the mean image, as in He et al., 2016.
const flipCrop: Make = ({ size }) => compose([randomCrop(size, { padding: Math.round(size[0] / 8) }), randomHorizontalFlip()]);

const transforms: { readonly [N in Exclude<AugmentationName, 'none'>]: Make } = {
  shift: ({ size }) => randomCrop(size, { padding: 2, paddingMode: 'edge' }),
  affine,
  elastic: (facts) => compose([affine(facts), elasticTransform({ alpha: 1.2 * facts.size[0], fill: facts.black })]),
  flip: () => randomHorizontalFlip(),
  'flip-crop': flipCrop,
  'flip-crop-erase': (facts) => compose([flipCrop(facts), randomErasing({ p: 0.5 })]),
};

/** The names of `--augment`, `none` first. */
export const augmentationNames: readonly AugmentationName[] = ['none', ...(Object.keys(transforms) as AugmentationName[])];

/** What changes training images, by its name; undefined for `none`. */
export function augmentation(name: AugmentationName, facts: ImageFacts): BatchTransform<ImageBatch> | undefined {
  return name === 'none' ? undefined : eachImage(transforms[name](facts));
}
