import { readFileSync } from 'node:fs';
import { ArgumentError, type HostTensor } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import {
  adjustBrightness,
  adjustContrast,
  adjustHue,
  adjustSaturation,
  affine,
  crop,
  displace,
  erase,
  type FloatImage,
  fiveCrop,
  hflip,
  type Interpolation,
  normalize,
  type PaddingMode,
  resize,
  rotate,
  tenCrop,
  vflip,
} from '../src/index.ts';

/** The images of `golden/make.py`. */
const images = { rgb: image([3, 6, 7]), grey: image([1, 5, 8]) };

function image(shape: readonly [number, number, number]): FloatImage {
  const data = Float32Array.from(
    { length: shape[0] * shape[1] * shape[2] },
    (_, i) => ((37 * i + 11 * Math.floor(i / 5)) % 64) / 64,
  );
  return { shape, dtype: 'float32', data };
}

/** Every argument of any case; each op reads its own. */
interface Args {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
  readonly padding: number;
  readonly paddingMode: PaddingMode;
  readonly size: readonly [number, number];
  readonly interpolation: Interpolation;
  readonly antialias?: boolean;
  readonly angle: number;
  readonly factor: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly verticalFlip?: boolean;
}

interface Case {
  readonly image: keyof typeof images;
  readonly op: keyof typeof ops;
  readonly args: Args;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

const ops: Readonly<Record<string, (x: FloatImage, args: Args) => Pick<HostTensor, 'shape' | 'data'>>> = {
  hflip,
  vflip,
  crop,
  fiveCrop: (x, { size }) => stacked(fiveCrop(x, size)),
  tenCrop: (x, { size, verticalFlip }) => stacked(tenCrop(x, size, { verticalFlip })),
  pad(x, { padding, paddingMode }) {
    const [, height, width] = x.shape;
    const box = { top: -padding, left: -padding, height: height + 2 * padding, width: width + 2 * padding };
    return crop(x, box, { paddingMode });
  },
  resize: (x, { size, interpolation, antialias }) => resize(x, size, { interpolation, antialias }),
  rotate: (x, { angle, interpolation }) => rotate(x, angle, { interpolation }),
  affine,
  displace(x, { interpolation }) {
    const plane = x.shape[1] * x.shape[2];
    const steps = Array.from({ length: 2 * plane }, (_, i) => (((29 * i + 5) % 23) - 11) / 9);
    return displace(x, { dx: steps.slice(0, plane), dy: steps.slice(plane) }, { interpolation });
  },
  adjustBrightness: (x, { factor }) => adjustBrightness(x, factor),
  adjustContrast: (x, { factor }) => adjustContrast(x, factor),
  adjustSaturation: (x, { factor }) => adjustSaturation(x, factor),
  adjustHue: (x, { factor }) => adjustHue(x, factor),
  erase: (x, box) => erase(x, box, () => 0.5),
  normalize: (x, statistics) => normalize(statistics)(x),
};

function stacked(images: readonly FloatImage[]): Pick<HostTensor, 'shape' | 'data'> {
  return {
    shape: [images.length, ...images[0].shape],
    data: Float32Array.from(images.flatMap(({ data }) => Array.from(data))),
  };
}

const golden: readonly Case[] = JSON.parse(readFileSync(new URL('golden/transforms.json', import.meta.url), 'utf8'));

describe('what is done to images agrees with torchvision 0.14', () => {
  it.each(golden)('$image $op $args', ({ image: name, op, args, shape, values }) => {
    const x = images[name];
    const before = x.data.slice();
    const y = ops[op](x, args);
    expect(y.shape).toEqual(shape);
    values.forEach((value, i) => {
      expect(Math.abs(y.data[i] - value), `element ${i}: ${y.data[i]}, should be ${value}`).toBeLessThanOrEqual(1e-5);
    });
    expect(x.data).toEqual(before);
  });
});

describe('what is done to images refuses', () => {
  const { rgb } = images;
  const box = { top: 0, left: 0, height: 2, width: 2 };
  it.each([
    ['an empty crop', () => crop(rgb, { ...box, width: 0 }), 'the box must be of integers and not empty, got 0, 0, 2×0'],
    ['a size of no pixels', () => resize(rgb, [0, 3]), 'size must be of positive integers, got 0×3'],
    ['five parts beyond it', () => fiveCrop(rgb, 7), 'fiveCrop: size must fit into the image, got 7×7 for 6×7'],
    ['ten parts of no pixels', () => tenCrop(rgb, 0), 'tenCrop: size must be of positive integers'],
    ['no scale', () => affine(rgb, { scale: 0 }), 'numbers must be finite and scale positive'],
    ['an angle that is none', () => rotate(rgb, Number.NaN), 'affine: numbers must be finite'],
    ['steps for another image', () => displace(rgb, { dx: [0], dy: [0] }), 'there must be one step a pixel, got 1 and 1 for 6×7'],
    ['a box beyond the image', () => erase(rgb, { ...box, left: 6 }, () => 0), 'within 6×7, got 2×2 from 0, 6'],
    ['a negative brightness', () => adjustBrightness(rgb, -1), 'factor must be finite and not negative, got -1'],
    ['a contrast that is none', () => adjustContrast(rgb, Number.NaN), 'factor must be finite'],
    ['a negative saturation', () => adjustSaturation(rgb, -1), 'factor must be finite'],
    ['more than half a turn', () => adjustHue(rgb, 0.7), 'turn must be in [-0.5, 0.5], got 0.7'],
    ['two channels as colours', () => adjustHue(image([2, 1, 1]), 0), 'an image must be grey or RGB, got 2 channels'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(ArgumentError);
    expect(run).toThrow(message);
  });
});
