import { ArgumentError, type HostTensor } from '@dl/kernels';
import { checkImage, emptyImage, type FloatImage } from '../float-image.ts';
import { checkColours } from './blend.ts';

/**
 * The colours turned around the colour circle. Saturation and value stay; a grey image stays as it is.
 *
 * @param image - float32 `[1, h, w]` or `[3, h, w]` in [0, 1]
 * @param turn - in [-0.5, 0.5], part of a whole turn
 * @throws {@link ShapeError} for no image
 * @throws {@link ArgumentError} for another number of channels or another turn
 * @example
 * const red = { shape: [3, 1, 1], dtype: 'float32', data: new Float32Array([1, 0, 0]) } as const;
 * adjustHue(red, 0.5).data // Float32Array [0, 1, 1]
 */
export function adjustHue(image: HostTensor, turn: number): FloatImage {
  const from = checkImage('adjustHue', image);
  const [channels, height, width] = from.shape;
  checkColours('adjustHue', channels);
  if (!(Math.abs(turn) <= 0.5)) throw new ArgumentError('adjustHue', `turn must be in [-0.5, 0.5], got ${turn}`);
  if (channels === 1) return from;
  const out = emptyImage(channels, height, width);
  const plane = height * width;
  const { data } = from;
  for (let i = 0; i < plane; i++) {
    const red = data[i];
    const green = data[plane + i];
    const blue = data[2 * plane + i];
    const value = red > green ? (red > blue ? red : blue) : green > blue ? green : blue;
    const least = red < green ? (red < blue ? red : blue) : green < blue ? green : blue;
    const chroma = value - least;
    const hue = hueOf(red, green, blue, value, chroma) + 6 * turn + 12;
    // Each channel is the value, less the chroma, or between, by how far its own place on the circle is from the hue.
    out.data[i] = value - chroma * away(hue + 5);
    out.data[plane + i] = value - chroma * away(hue + 3);
    out.data[2 * plane + i] = value - chroma * away(hue + 1);
  }
  return out;
}

/** In sixths of the circle, from red. */
function hueOf(red: number, green: number, blue: number, value: number, chroma: number): number {
  if (chroma === 0) return 0;
  if (value === red) return (green - blue) / chroma;
  return value === green ? 2 + (blue - red) / chroma : 4 + (red - green) / chroma;
}

/** @see https://en.wikipedia.org/wiki/HSL_and_HSV#HSV_to_RGB_alternative */
function away(sixths: number): number {
  const k = sixths - 6 * Math.floor(sixths / 6);
  const nearer = k < 4 - k ? k : 4 - k;
  return nearer < 0 ? 0 : nearer > 1 ? 1 : nearer;
}
