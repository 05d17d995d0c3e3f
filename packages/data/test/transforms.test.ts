import { ArgumentError, ShapeError } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import {
  colorJitter,
  compose,
  cutMix,
  eachImage,
  elasticTransform,
  type FloatImage,
  gaussianNoise,
  hflip,
  type ImageBatch,
  type ImageTransform,
  mixUp,
  normalize,
  randomAffine,
  randomCrop,
  randomErasing,
  randomHorizontalFlip,
  randomResizedCrop,
  randomRotation,
  randomVerticalFlip,
  type SampleRandom,
  sampleRandom,
} from '../src/index.ts';

/** `[c, h, w]` of the numbers from 0 on, as parts of 1. */
function ramp(c: number, h: number, w: number): FloatImage {
  const size = c * h * w;
  return { shape: [c, h, w], dtype: 'float32', data: Float32Array.from({ length: size }, (_, i) => i / size) };
}

const at = (index: number, epoch = 0): SampleRandom => sampleRandom({ seed: 3, epoch, index });

/** What `transform` makes of one image for `count` items. */
function draws(transform: ImageTransform, image: FloatImage, count: number): FloatImage[] {
  return Array.from({ length: count }, (_, index) => transform(image, at(index)));
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const deviation = (values: readonly number[]): number => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

const all: Readonly<Record<string, ImageTransform>> = {
  randomHorizontalFlip: randomHorizontalFlip(),
  randomVerticalFlip: randomVerticalFlip(),
  randomCrop: randomCrop([5, 7], { padding: 2 }),
  randomResizedCrop: randomResizedCrop(6),
  randomRotation: randomRotation(40),
  randomAffine: randomAffine(20, { translate: [0.3, 0.3], scale: [0.8, 1.2], shear: [-9, 9, -5, 5], interpolation: 'bilinear' }),
  elasticTransform: elasticTransform({ alpha: 20, sigma: 2 }),
  colorJitter: colorJitter({ brightness: 0.5, contrast: 0.5, saturation: 0.5, hue: 0.2 }),
  randomErasing: randomErasing({ value: 'random' }),
  gaussianNoise: gaussianNoise(),
};

describe('randomCrop with padding', () => {
  it('moves images by whole pixels to every place, and repeats the edge', () => {
    const [height, width, reach] = [6, 7, 2];
    const image = ramp(2, height, width);
    const inside = (place: number, extent: number) => Math.min(extent - 1, Math.max(0, place));
    const moved = (down: number, right: number) =>
      image.data.map((_, i) => {
        const row = Math.floor(i / width) % height;
        const plane = i - (i % (height * width));
        return image.data[plane + inside(row - down, height) * width + inside((i % width) - right, width)];
      });
    const steps = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
    const all = new Set(steps.flatMap((down) => steps.map((right) => moved(down, right).join())));
    const drawn = draws(randomCrop([height, width], { padding: reach, paddingMode: 'edge' }), image, 300);
    expect(new Set(drawn.map(({ data }) => data.join()))).toEqual(all);
  });
});

describe('every random transform', () => {
  it.each(Object.entries(all))('%s depends on the random numbers alone, and on them', (_, transform) => {
    const image = ramp(3, 6, 8);
    const [first, again] = [draws(transform, image, 20), draws(transform, image, 20)];
    expect(first).toEqual(again);
    expect(new Set(first.map(({ data }) => data.join())).size).toBeGreaterThan(1);
    expect(image).toEqual(ramp(3, 6, 8));
    const later = Array.from({ length: 20 }, (_, index) => transform(image, at(index, 1)));
    expect(later).not.toEqual(first);
  });

  it.each(Object.entries(all))('%s refuses what is no image', (_, transform) => {
    const data = new Float32Array(6);
    expect(() => transform({ shape: [2, 3], dtype: 'float32', data }, at(0))).toThrow(ShapeError);
    expect(() => transform({ shape: [1, 2, 2], dtype: 'float32', data }, at(0))).toThrow('got float32 [1, 2, 2] of 6 elements');
    expect(() => transform({ shape: [1, 1, 1], dtype: 'uint8', data: new Uint8Array(1) }, at(0))).toThrow(ShapeError);
  });
});

describe('random numbers of an item', () => {
  it('differ by seed, epoch and item', () => {
    const seeds = [0, 1, 2 ** 40].flatMap((seed) => [0, 1].flatMap((epoch) => [0, 1].map((index) => ({ seed, epoch, index }))));
    expect(new Set(seeds.map((options) => sampleRandom(options).uniform(0, 1))).size).toBe(12);
  });

  it('are normal where they should be', () => {
    const random = at(0);
    const values = Array.from({ length: 20_000 }, () => random.normal());
    expect(mean(values)).toBeCloseTo(0, 1);
    expect(deviation(values)).toBeCloseTo(1, 1);
    // 4.55 % of normal numbers lie beyond two deviations.
    expect(values.filter((value) => Math.abs(value) > 2).length / values.length).toBeCloseTo(0.0455, 2);
  });

  it('refuse an epoch or an index that is none', () => {
    expect(() => sampleRandom({ index: -1 })).toThrow('index must be an integer in [0, 2^32), got -1');
    expect(() => sampleRandom({ index: 0, epoch: 0.5 })).toThrow(ArgumentError);
    expect(() => sampleRandom({ index: 0, seed: -1 })).toThrow(ArgumentError);
  });
});

describe('flips and crops', () => {
  it('flips as often as it is told', () => {
    const image = ramp(1, 1, 4);
    const flipped = draws(randomHorizontalFlip({ p: 0.3 }), image, 2000).filter(({ data }) => data[0] === 0.75);
    expect(flipped.length / 2000).toBeCloseTo(0.3, 1);
    expect(draws(randomVerticalFlip({ p: 0 }), ramp(1, 4, 1), 50).every(({ data }) => data[0] === 0)).toBe(true);
  });

  it('crops every place within the padding, and none beyond', () => {
    const places = draws(randomCrop(3, { padding: 1, paddingMode: 'edge' }), ramp(1, 3, 3), 400).map(({ data }) => data.join());
    const image = [0, 1, 2, 3, 4, 5, 6, 7, 8];
    const clamp = (place: number): number => Math.min(2, Math.max(0, place));
    const moved = [-1, 0, 1].flatMap((down) =>
      [-1, 0, 1].map((right) =>
        Float32Array.from(image, (i) => (3 * clamp(Math.floor(i / 3) + down) + clamp((i % 3) + right)) / 9).join(),
      ),
    );
    expect(new Set(places)).toEqual(new Set(moved));
  });

  it('crops parts whose area is uniform in its range', () => {
    // Of a ramp, the step from one column to the next says how much of the width was taken.
    const image = { ...ramp(1, 1, 64 * 64), shape: [1, 64, 64] as const };
    const crops = draws(randomResizedCrop([64, 64], { scale: [0.25, 1], ratio: [1, 1] }), image, 300);
    const areas = crops.map(({ data }) => (4096 * (data[64 * 32 + 32] - data[64 * 31 + 32])) ** 2 / 4096);
    expect(Math.min(...areas)).toBeGreaterThan(0.23);
    expect(Math.max(...areas)).toBeLessThan(1.01);
    expect(mean(areas)).toBeCloseTo(0.625, 1);
  });

  it('takes the middle where no shape fits', () => {
    const [out] = draws(randomResizedCrop([1, 1], { scale: [1, 1], ratio: [1, 1] }), ramp(1, 1, 5), 1);
    expect(out.data[0]).toBeCloseTo(2 / 5);
  });

  it('refuses sizes and ranges that are none', () => {
    expect(() => randomHorizontalFlip({ p: 1.5 })).toThrow('p must be in [0, 1], got 1.5');
    expect(() => randomCrop(0)).toThrow('size must be of positive integers, got [0, 0]');
    expect(() => randomCrop(1, { padding: -1 })).toThrow('padding must be a non-negative integer, got -1');
    expect(() => randomCrop(4)(ramp(1, 3, 3), at(0))).toThrow('got 4×4 for 3×3 and padding 0');
    expect(() => randomResizedCrop(1, { scale: [0.5, 2] })).toThrow('scale must be finite and in order within [0, 1]');
    expect(() => randomResizedCrop(1, { ratio: [2, 1] })).toThrow(ArgumentError);
  });
});

describe('random geometry', () => {
  it('moves by whole pixels, at most by the part that it is told', () => {
    const dot = { shape: [1, 21, 21], dtype: 'float32', data: new Float32Array(441) } as const;
    dot.data[10 * 21 + 10] = 1;
    const places = draws(randomAffine(0, { translate: [0.1, 0.2] }), dot, 2000).map(({ data }) => data.indexOf(1));
    const columns = places.map((place) => (place % 21) - 10);
    const rows = places.map((place) => Math.floor(place / 21) - 10);
    expect(new Set(columns)).toEqual(new Set([-2, -1, 0, 1, 2]));
    expect([Math.min(...rows), Math.max(...rows)]).toEqual([-4, 4]);
    expect(mean(columns)).toBeCloseTo(0, 1);
  });

  it('turns both ways, evenly', () => {
    // A bar of two pixels beside the centre: where it went tells the direction.
    const bar = { shape: [1, 9, 9], dtype: 'float32', data: new Float32Array(81) } as const;
    bar.data[4 * 9 + 8] = 1;
    const rows = draws(randomRotation(30, { interpolation: 'bilinear' }), bar, 2000).map(({ data }) => {
      const above = data.subarray(0, 36).reduce((a, b) => a + b, 0);
      const below = data.subarray(45).reduce((a, b) => a + b, 0);
      return Math.sign(above - below);
    });
    expect(mean(rows)).toBeCloseTo(0, 1);
    expect(new Set(rows)).toEqual(new Set([1, -1]));
  });

  it('bends smoothly: less with a wide Gaussian, not at all with alpha 0', () => {
    const image = ramp(1, 16, 16);
    const bent = (alpha: number, sigma: number): number =>
      mean(
        draws(elasticTransform({ alpha, sigma }), image, 20).map(({ data }) =>
          mean(Array.from(data, (v, i) => Math.abs(v - i / 256))),
        ),
      );
    expect(bent(0, 3)).toBeCloseTo(0, 6);
    expect(bent(10, 2)).toBeGreaterThan(bent(10, 4));
    expect(bent(10, 4)).toBeGreaterThan(0);
  });

  it('refuses ranges that are none', () => {
    expect(() => randomRotation([3, 1])).toThrow('degrees must be finite and in order within [-Infinity, Infinity], got [3, 1]');
    expect(() => randomAffine(Number.NaN)).toThrow(ArgumentError);
    expect(() => randomAffine(0, { translate: [0, 2] })).toThrow('translate');
    expect(() => randomAffine(0, { scale: [0, 1] })).toThrow('scale');
    expect(() => randomAffine(0, { shear: [0, 0, 2, 1] })).toThrow('shear');
    expect(() => randomAffine(0, { fill: [1, 2] })(ramp(1, 2, 2), at(0))).toThrow('fill must be one number or 1, got [1, 2]');
    expect(() => elasticTransform({ sigma: -1 })).toThrow('sigma must be finite and not negative, got -1');
  });
});

describe('random colours and noise', () => {
  it('changes brightness by a factor that is uniform in its range', () => {
    const grey = { shape: [1, 1, 1], dtype: 'float32', data: new Float32Array([0.5]) } as const;
    const factors = draws(colorJitter({ brightness: 0.4 }), grey, 2000).map(({ data }) => 2 * data[0]);
    expect(Math.min(...factors)).toBeGreaterThanOrEqual(0.6);
    expect(Math.max(...factors)).toBeLessThanOrEqual(1.4);
    expect(mean(factors)).toBeCloseTo(1, 1);
    expect(deviation(factors)).toBeCloseTo(0.8 / Math.sqrt(12), 1);
  });

  it('leaves values beyond [0, 1] alone where nothing is to be changed', () => {
    const wide = { shape: [3, 1, 1], dtype: 'float32', data: new Float32Array([-1, 0, 2]) } as const;
    expect(colorJitter()(wide, at(0)).data).toEqual(wide.data);
  });

  it('erases a box of the area that it is told, elsewhere nothing', () => {
    const ones = { shape: [1, 20, 20], dtype: 'float32', data: new Float32Array(400).fill(1) } as const;
    const erased = draws(randomErasing({ p: 0.6, scale: [0.04, 0.16], ratio: [0.5, 2], value: [7] }), ones, 500);
    const counts = erased.map(({ data }) => data.filter((value) => value === 7).length);
    expect(erased.every(({ data }) => data.every((value) => value === 1 || value === 7))).toBe(true);
    expect(counts.filter((count) => count > 0).length / 500).toBeCloseTo(0.6, 1);
    expect(mean(counts.filter((count) => count > 0)) / 400).toBeCloseTo(0.1, 1);
    expect(Math.max(...counts)).toBeLessThanOrEqual(70);
  });

  it('erases boxes as high by width as it is told', () => {
    const ones = { shape: [1, 20, 20], dtype: 'float32', data: new Float32Array(400).fill(1) } as const;
    const [{ data }] = draws(randomErasing({ p: 1, scale: [0.09, 0.09], ratio: [4, 4] }), ones, 1);
    const rows = Array.from(
      { length: 20 },
      (_, row) => data.subarray(20 * row, 20 * row + 20).filter((value) => value === 0).length,
    );
    expect(rows.filter((count) => count > 0)).toEqual(new Array(12).fill(3));
  });

  it('adds noise of the mean and deviation that it is told, and clips it', () => {
    const grey = { shape: [1, 100, 100], dtype: 'float32', data: new Float32Array(10_000).fill(0.5) } as const;
    const noisy = Array.from(gaussianNoise({ mean: 0.1, sigma: 0.5, clip: false })(grey, at(0)).data);
    expect(mean(noisy)).toBeCloseTo(0.6, 1);
    expect(deviation(noisy)).toBeCloseTo(0.5, 1);
    const clipped = gaussianNoise({ mean: 0.1, sigma: 0.5 })(grey, at(0)).data;
    expect(clipped).toEqual(Float32Array.from(noisy, (value) => Math.min(1, Math.max(0, value))));
  });

  it('refuses what it cannot use', () => {
    expect(() => colorJitter({ hue: 0.6 })).toThrow('hue must be finite and in order within [-0.5, 0.5], got [-0.6, 0.6]');
    expect(() => colorJitter({ contrast: -1 })).toThrow('contrast');
    expect(() => colorJitter({ saturation: 0.5 })(ramp(2, 1, 1), at(0))).toThrow('an image must be grey or RGB, got 2 channels');
    expect(() => randomErasing({ value: [1, 2] })(ramp(1, 4, 4), at(0))).toThrow('value must be one number or 1, got [1, 2]');
    expect(() => gaussianNoise({ sigma: -1 })).toThrow(ArgumentError);
  });
});

/** `n` images of one number each, from 1 on, whose class is their place. */
function batchOf(n: number, side = 1): ImageBatch {
  const data = Float32Array.from({ length: n * side * side }, (_, i) => 1 + Math.floor(i / side ** 2));
  return {
    x: { shape: [n, 1, side, side], dtype: 'float32', data },
    y: { shape: [n], dtype: 'int32', data: Int32Array.from({ length: n }, (_, i) => i) },
  };
}

const randoms = (n: number): SampleRandom[] => Array.from({ length: n }, (_, index) => at(index));

describe('batches', () => {
  it('transforms each image with its own random numbers, in order', () => {
    const transform = compose([randomHorizontalFlip(), randomCrop([1, 2], { padding: 0 }), normalize({ mean: 0, std: 0.5 })]);
    const images = [ramp(1, 1, 4), hflip(ramp(1, 1, 4))];
    const data = Float32Array.from(images.flatMap((image) => [...image.data]));
    const batch = { ...batchOf(2), x: { shape: [2, 1, 1, 4], dtype: 'float32', data } } as const;
    const { x, y } = eachImage(transform)(batch, randoms(2));
    expect(x.shape).toEqual([2, 1, 1, 2]);
    expect(Array.from(x.data)).toEqual(images.flatMap((image, i) => [...transform(image, at(i)).data]));
    expect(y).toBe(batch.y);
  });

  it('refuses images that come out in different shapes, and batches that are none', () => {
    const widths = [1, 2];
    const uneven: ImageTransform = () => ramp(1, 1, widths.shift() ?? 1);
    expect(() => eachImage(uneven)(batchOf(2), randoms(2))).toThrow('got [1, 1, 1] and [1, 1, 2]');
    expect(() => eachImage(hflip)(batchOf(2), randoms(3))).toThrow('x must be [n, c, h, w] of 3 images, got [2, 1, 1, 1]');
  });
});

describe('mixing', () => {
  it('mixes each image and its class with the one before by the same share', () => {
    const { x, y } = mixUp({ numClasses: 3, alpha: 1 })(batchOf(3), randoms(3));
    expect([y.shape, y.dtype]).toEqual([[3, 3], 'float32']);
    for (let i = 0; i < 3; i++) {
      const before = (i + 2) % 3;
      const [share, rest] = [y.data[3 * i + i], y.data[3 * i + before]];
      expect(share + rest).toBeCloseTo(1, 6);
      expect(x.data[i]).toBeCloseTo(share * (1 + i) + rest * (1 + before), 5);
    }
  });

  it.each([0.2, 1, 4])('draws shares of Beta(%d, itself)', (alpha) => {
    const n = 3000;
    const { y } = mixUp({ numClasses: n, alpha })(batchOf(n), randoms(n));
    const shares = Array.from({ length: n }, (_, i) => y.data[i * n + i]);
    expect(mean(shares)).toBeCloseTo(0.5, 1);
    expect(deviation(shares) ** 2).toBeCloseTo(1 / (4 * (2 * alpha + 1)), 2);
  });

  it('draws shares where alpha is so small that numbers underflow', () => {
    const { y } = mixUp({ numClasses: 20, alpha: 1e-4 })(batchOf(20), randoms(20));
    const shares = Array.from({ length: 20 }, (_, i) => y.data[21 * i]);
    expect(new Set(shares)).toEqual(new Set([0, 1]));
  });

  it('cuts a box of the image before, and mixes the classes by area', () => {
    const { x, y } = cutMix({ numClasses: 40 })(batchOf(40, 10), randoms(40));
    for (let i = 0; i < 40; i++) {
      const pixels = x.data.subarray(100 * i, 100 * (i + 1));
      const own = pixels.filter((value) => value === 1 + i).length;
      expect(pixels.filter((value) => value === 1 + ((i + 39) % 40)).length).toBe(100 - own);
      expect(y.data[40 * i + i]).toBeCloseTo(own / 100, 6);
    }
    const kept = Array.from({ length: 40 }, (_, i) => y.data[41 * i]);
    expect(new Set(kept).size).toBeGreaterThan(10);
  });

  it('mixes targets that are mixed already', () => {
    const twice = compose([mixUp({ numClasses: 3 }), cutMix({ numClasses: 3 })])(batchOf(3), randoms(3));
    for (let i = 0; i < 3; i++) expect(twice.y.data[3 * i] + twice.y.data[3 * i + 1] + twice.y.data[3 * i + 2]).toBeCloseTo(1, 6);
  });

  it('refuses what it cannot mix', () => {
    expect(() => mixUp({ numClasses: 0 })).toThrow('numClasses must be a positive integer, got 0');
    expect(() => cutMix({ numClasses: 2, alpha: 0 })).toThrow('alpha must be positive and finite, got 0');
    expect(() => mixUp({ numClasses: 2 })(batchOf(3), randoms(3))).toThrow('classes must be below 2, got 2 (item 2)');
    expect(() => mixUp({ numClasses: 2 })(batchOf(2), randoms(1))).toThrow(ShapeError);
    const y = { shape: [2], dtype: 'float32', data: new Float32Array(2) } as const;
    expect(() => mixUp({ numClasses: 2 })({ ...batchOf(2), y }, randoms(2))).toThrow('got float32 [2]');
  });
});
