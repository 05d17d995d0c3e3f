import { shared } from './shared.ts';

/** What {@link Recipe}s name: functions of this package that `makers.ts` has. */
export type MakerName =
  | 'images'
  | 'imageFiles'
  | 'lfwPairs'
  | 'rows'
  | 'subset'
  | 'concat'
  | 'cocoCaptions'
  | 'cocoDetection'
  | 'vocDetection'
  | 'vocSegmentation'
  | 'instanceMaps'
  | 'shapes'
  | 'collateDetections'
  | 'compose'
  | 'eachImage'
  | 'mixUp'
  | 'cutMix'
  | 'normalize'
  | 'colorJitter'
  | 'elasticTransform'
  | 'gaussianNoise'
  | 'randomAffine'
  | 'randomCrop'
  | 'randomErasing'
  | 'randomHorizontalFlip'
  | 'randomResizedCrop'
  | 'randomRotation'
  | 'randomVerticalFlip';

/**
 * How another thread, which no function can be sent to, makes a value once more: with a function of this package, by its name, and
 * arguments, which may be recipes in turn.
 */
export interface Recipe {
  readonly recipe: MakerName;
  readonly args: readonly unknown[];
}

const recipes = new WeakMap<object, () => Recipe>();

/** Keeps how `value` is made, and returns it. `args` is called when it is to be sent. */
export function remember<T extends object>(value: T, recipe: MakerName, args: () => readonly unknown[]): T {
  recipes.set(value, () => ({ recipe, args: args().map(portable) }));
  return value;
}

/** The recipe of `value`; undefined where it, or something that it is made of, is of the user's own making. */
export function recipeOf(value: object): Recipe | undefined {
  try {
    return recipes.get(value)?.();
  } catch (error) {
    if (error instanceof OwnMaking) return undefined;
    throw error;
  }
}

class OwnMaking extends Error {}

/** `value` with recipes in the place of what cannot be sent, and arrays in memory that threads share, where there is such. */
function portable(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return shared(value);
  if (Array.isArray(value)) return value.map(portable);
  if (value instanceof Blob) return value;
  if (typeof value !== 'function' && (typeof value !== 'object' || value === null)) return value;
  const recipe = recipes.get(value);
  if (recipe !== undefined) return recipe();
  const isPlain = Object.getPrototypeOf(value) === Object.prototype;
  const isDataset = 'get' in value;
  if (!isPlain || isDataset) throw new OwnMaking();
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, portable(field)]));
}
