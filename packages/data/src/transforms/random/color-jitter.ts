import { remember } from '../../loader/workers/recipe.ts';
import { checkImage, type FloatImage } from '../float-image.ts';
import { adjustBrightness } from '../images/adjust-brightness.ts';
import { adjustContrast } from '../images/adjust-contrast.ts';
import { adjustHue } from '../images/adjust-hue.ts';
import { adjustSaturation } from '../images/adjust-saturation.ts';
import type { ImageTransform } from '../transform.ts';
import { bothSides, checkRange } from './check-options.ts';

/** Options of {@link colorJitter}. Each is left alone by default. */
export interface ColorJitterOptions {
  /** Factors from and to; one number b stands for [max(0, 1 - b), 1 + b]. */
  readonly brightness?: number | readonly [number, number] | undefined;
  /** Factors, as of brightness. */
  readonly contrast?: number | readonly [number, number] | undefined;
  /** Factors, as of brightness. */
  readonly saturation?: number | readonly [number, number] | undefined;
  /** Parts of a turn from and to, in [-0.5, 0.5]; one number stands for both directions. */
  readonly hue?: number | readonly [number, number] | undefined;
}

/**
 * Changes brightness, contrast, saturation and hue (the tint) at random, in random order.
 *
 * @returns a transform of images with one or three channels and values in [0, 1]; put {@link normalize} after it
 * @throws {@link ArgumentError} for a range that is none, negative factors, or more than half a turn
 * @example
 * const image = { shape: [3, 1, 1], dtype: 'float32', data: new Float32Array([0.25, 0.5, 0.25]) } as const;
 * colorJitter({ brightness: [2, 2] })(image, sampleRandom({ index: 0 })).data // Float32Array [0.5, 1, 0.5]
 */
export function colorJitter({ brightness = 0, contrast = 0, saturation = 0, hue = 0 }: ColorJitterOptions = {}): ImageTransform {
  const steps: readonly Step[] = [
    { adjust: adjustBrightness, range: aroundOne('brightness', brightness) },
    { adjust: adjustContrast, range: aroundOne('contrast', contrast) },
    { adjust: adjustSaturation, range: aroundOne('saturation', saturation) },
    { adjust: adjustHue, range: bothSides(hue) },
  ];
  checkRange('colorJitter', 'hue', bothSides(hue), -0.5, 0.5);
  const transform: ImageTransform = (image, random) => {
    const left = [...steps];
    let out = checkImage('colorJitter', image);
    while (left.length > 0) {
      const [{ adjust, range }] = left.splice(random.below(left.length), 1);
      const amount = random.uniform(range[0], range[1]);
      const nothing = adjust === adjustHue ? 0 : 1;
      // Also where nothing changes, adjusting would clamp to [0, 1].
      if (range[0] !== nothing || range[1] !== nothing) out = adjust(out, amount);
    }
    return out;
  };
  return remember(transform, 'colorJitter', () => [{ brightness, contrast, saturation, hue }]);
}

interface Step {
  readonly adjust: (image: FloatImage, amount: number) => FloatImage;
  readonly range: readonly [number, number];
}

function aroundOne(name: string, value: number | readonly [number, number]): readonly [number, number] {
  const range = typeof value === 'number' ? ([value < 0 ? value : Math.max(0, 1 - value), 1 + value] as const) : value;
  checkRange('colorJitter', name, range, 0);
  return range;
}
