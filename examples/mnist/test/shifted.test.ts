import { ImageDataset } from '@dl/data';
import { Rng } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { shifted } from '../src/shifted.ts';

const image = [0, 0, 0, 0, 1, 2, 0, 3, 4];
const dataset = new ImageDataset({
  pixels: Uint8Array.from([...image, ...image].map((value) => 51 * value)),
  labels: [4, 7],
  imageShape: [1, 3, 3],
  classNames: Array.from({ length: 10 }, (_, i) => String(i)),
  source: 'by hand',
});

/** Every place that an image of nine pixels can be moved to by one pixel, edges repeated. */
function moves(): string[] {
  const at = (row: number, column: number): number => image[3 * Math.min(2, Math.max(0, row)) + Math.min(2, Math.max(0, column))];
  const steps = [-1, 0, 1];
  return steps.flatMap((down) =>
    steps.map((right) => image.map((_, i) => at(Math.floor(i / 3) - down, (i % 3) - right)).join(' ')),
  );
}

const drawn = (seed: number, count: number): string[] => {
  const moving = shifted(dataset, 1, new Rng(seed));
  return Array.from({ length: count }, () => {
    const { x, y } = moving.getBatch!([0, 1]) as ReturnType<typeof dataset.getBatch>;
    expect(Array.from(y.data)).toEqual([4, 7]);
    expect(x.shape).toEqual([2, 1, 3, 3]);
    return Array.from(x.data, (value) => Math.round(5 * value));
  }).flatMap((values) => [values.slice(0, 9).join(' '), values.slice(9).join(' ')]);
};

describe('shifted', () => {
  it('moves images by every step within reach, and by none beyond', () => {
    expect(new Set(drawn(1, 100))).toEqual(new Set(moves()));
  });

  it('moves them the same way for the same generator', () => {
    expect(drawn(2, 5)).toEqual(drawn(2, 5));
    expect(drawn(2, 5)).not.toEqual(drawn(3, 5));
  });

  it('gives single images their shape and class', () => {
    const { x, y } = shifted(dataset, 1, new Rng(1)).get(1) as ReturnType<typeof dataset.get>;
    expect([x.shape, y]).toEqual([[1, 3, 3], 7]);
  });
});
