import { cocoCaptions } from '../../coco/coco-captions.ts';
import { cocoDetection } from '../../coco/coco-detection.ts';
import { ArrayDataset } from '../../datasets/array-dataset.ts';
import { concat } from '../../datasets/concat.ts';
import { ImageDataset } from '../../datasets/image-dataset.ts';
import { subset } from '../../datasets/subset.ts';
import { collateDetections } from '../../detection/collate-detections.ts';
import { instanceMaps } from '../../detection/instance-maps.ts';
import { ImageFileDataset } from '../../folders/image-file-dataset.ts';
import { lfwPairs } from '../../lfw/lfw-pairs.ts';
import { shapes } from '../../shapes/shapes.ts';
import { compose } from '../../transforms/compose.ts';
import { eachImage } from '../../transforms/each-image.ts';
import { cutMix } from '../../transforms/mixing/cut-mix.ts';
import { mixUp } from '../../transforms/mixing/mix-up.ts';
import { normalize } from '../../transforms/normalization/normalize.ts';
import { colorJitter } from '../../transforms/random/color-jitter.ts';
import { elasticTransform } from '../../transforms/random/elastic-transform.ts';
import { gaussianNoise } from '../../transforms/random/gaussian-noise.ts';
import { randomAffine } from '../../transforms/random/random-affine.ts';
import { randomCrop } from '../../transforms/random/random-crop.ts';
import { randomErasing } from '../../transforms/random/random-erasing.ts';
import { randomHorizontalFlip } from '../../transforms/random/random-horizontal-flip.ts';
import { randomResizedCrop } from '../../transforms/random/random-resized-crop.ts';
import { randomRotation } from '../../transforms/random/random-rotation.ts';
import { randomVerticalFlip } from '../../transforms/random/random-vertical-flip.ts';
import { vocDetection } from '../../voc/voc-detection.ts';
import { vocSegmentation } from '../../voc/voc-segmentation.ts';
import type { MakerName, Recipe } from './recipe.ts';

const makers: { readonly [N in MakerName]: (...args: never[]) => unknown } = {
  images: (init: ConstructorParameters<typeof ImageDataset>[0]) => new ImageDataset(init),
  imageFiles: (init: ConstructorParameters<typeof ImageFileDataset>[0]) => new ImageFileDataset(init),
  lfwPairs,
  rows: (...init: ConstructorParameters<typeof ArrayDataset>) => new ArrayDataset(...init),
  subset,
  concat,
  cocoCaptions,
  cocoDetection,
  vocDetection,
  vocSegmentation,
  instanceMaps,
  shapes,
  collateDetections: () => collateDetections,
  compose,
  eachImage,
  mixUp,
  cutMix,
  normalize,
  colorJitter,
  elasticTransform,
  gaussianNoise,
  randomAffine,
  randomCrop,
  randomErasing,
  randomHorizontalFlip,
  randomResizedCrop,
  randomRotation,
  randomVerticalFlip,
};

/** Makes what a recipe says, or may say somewhere inside. Makers may take their time. */
export async function makeOf(value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map(makeOf));
  if (!isRecipe(value)) return value;
  const args = await Promise.all(value.args.map(makeOf));
  return makers[value.recipe](...(args as never[]));
}

function isRecipe(value: unknown): value is Recipe {
  return typeof value === 'object' && value !== null && 'recipe' in value && 'args' in value;
}
