import { split } from '../datasets/split.ts';
import type { LabelledPoints } from '../toy/labelled-points.ts';
import type { ToyOptions } from '../toy/toy-options.ts';
import type { CatalogOptions } from './named-dataset.ts';
import { first, type Parts, withValidation } from './parts.ts';

const [trainSize, testSize] = [1000, 500];

/** Points of a plane, a thousand to train on and half as many to test with. */
export function toySet(
  make: (options: ToyOptions) => LabelledPoints,
  classes: number,
): (options: CatalogOptions) => Promise<Parts> {
  return async (options) => {
    const { seed = 0 } = options;
    const all = make({ n: trainSize + testSize, seed });
    const parts = split(all, { train: trainSize, test: testSize }, { seed, stratify: all.labels });
    return {
      source: `points made by the computer (seed ${seed})`,
      inputShape: [2],
      classNames: Array.from({ length: classes }, (_, i) => `class ${i}`),
      ...withValidation(first(parts.train, options), options),
      test: first(parts.test, options),
    };
  };
}
