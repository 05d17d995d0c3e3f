import { ImageDataset } from '@dl/data';
import { values } from '../../values.ts';

const pixelCount = 784;

/** Images of 28 × 28 in memory: noise over the pattern of their class, so that there is something to learn. `epochs` of pytorch.py has its twin. */
export function patternedImages(size: number): ImageDataset {
  const labels = Int32Array.from({ length: size }, (_, i) => i % 10);
  const noise = values(size * pixelCount, 1, 0, 255);
  const patterns = values(10 * pixelCount, 2, 0, 255);
  const pixels = Uint8Array.from(noise, (value, i) => {
    const pattern = patterns[labels[Math.floor(i / pixelCount)] * pixelCount + (i % pixelCount)];
    return Math.floor(Math.fround(value + pattern) / 2);
  });
  const classNames = Array.from({ length: 10 }, (_, i) => String(i));
  return new ImageDataset({ pixels, labels, imageShape: [1, 28, 28], classNames, source: 'made for a benchmark' });
}
