import { drawnDigits } from '@dl/data';
import { conv2d, relu, type Tensor, tensor } from '@dl/tensor';
import { gaborBank } from './gabor-bank.ts';

/** A way of changing an image, by amounts; the first changes nothing. */
export interface Change {
  readonly name: string;
  readonly amounts: readonly number[];
  /** Where a pixel of the changed image comes from, both from the middle. */
  readonly from: (x: number, y: number, amount: number) => readonly [number, number];
}

/** The changes of the lecture. */
export const changes: readonly Change[] = [
  { name: 'translation, pixels', amounts: Array.from({ length: 9 }, (_, i) => i), from: (x, y, by) => [x - by, y] },
  {
    name: 'scale',
    amounts: Array.from({ length: 11 }, (_, i) => 1 + i / 10),
    from: (x, y, by) => [x / by, y / by],
  },
  {
    name: 'rotation, degrees',
    amounts: Array.from({ length: 17 }, (_, i) => (i * 180) / 16),
    from: (x, y, by) => {
      const [c, s] = [Math.cos((by * Math.PI) / 180), Math.sin((by * Math.PI) / 180)];
      return [c * x + s * y, c * y - s * x];
    },
  },
];

/** Representations of an image `[1, 1, h, w]`, from the most sensitive to the most invariant. */
export const representations: Readonly<Record<string, (image: Tensor) => Tensor>> = {
  pixels: (image) => image,
  'oriented filters': (image) => filters(image),
  'pooled over places': (image) => filters(image).mean([2, 3]),
  'pooled over places and orientations': (image) => filters(image).mean([1, 2, 3]),
};

/** How far a representation moves, by its own length, for each amount of a change. */
export async function movement({ amounts, from }: Change, represent: (image: Tensor) => Tensor): Promise<number[]> {
  const image = digit();
  const still = represent(tensor(image, { shape: [1, 1, side, side] }));
  const length = Number(await still.square().sum().sqrt().item());
  return Promise.all(
    amounts.map(async (amount) => {
      const changed = resampled(image, (x, y) => from(x, y, amount));
      const moved = represent(tensor(changed, { shape: [1, 1, side, side] }));
      return Number(await moved.sub(still).square().sum().sqrt().item()) / length;
    }),
  );
}

const side = 56;

const filters = (image: Tensor): Tensor => relu(conv2d(image, gaborBank({ size: 11 }), { padding: 'same' }));

/** A digit in the middle of an empty image twice as large, so that nothing leaves it. */
function digit(): number[] {
  const { x } = drawnDigits({ size: 8, seed: 1, normalize: { mean: 0, std: 1 } }).get(7);
  const pixels = Array.from(x.data, Number);
  return Array.from({ length: side * side }, (_, at) => {
    const [column, row] = [(at % side) - 14, Math.floor(at / side) - 14];
    return column >= 0 && column < 28 && row >= 0 && row < 28 ? pixels[row * 28 + column] : 0;
  });
}

/** The image with each pixel taken, bilinearly, from where `from` says. */
function resampled(image: readonly number[], from: (x: number, y: number) => readonly [number, number]): number[] {
  const middle = (side - 1) / 2;
  const pixel = (column: number, row: number): number =>
    column >= 0 && column < side && row >= 0 && row < side ? image[row * side + column] : 0;
  return Array.from({ length: side * side }, (_, at) => {
    const [x, y] = from((at % side) - middle, Math.floor(at / side) - middle).map((value) => value + middle);
    const [left, up] = [Math.floor(x), Math.floor(y)];
    const mix = (row: number): number => pixel(left, row) * (left + 1 - x) + pixel(left + 1, row) * (x - left);
    return mix(up) * (up + 1 - y) + mix(up + 1) * (y - up);
  });
}
