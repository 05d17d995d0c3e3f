import { createTypedArray, type HostTensor } from '@dl/kernels';
import type { Orientation } from './exif-orientation.ts';

/** Whether rows become columns, and then whether rows and columns of the result run backwards. */
interface Turn {
  readonly swap: boolean;
  readonly flipRows: boolean;
  readonly flipColumns: boolean;
}

const turns: { readonly [O in Orientation]: Turn } = {
  1: { swap: false, flipRows: false, flipColumns: false },
  2: { swap: false, flipRows: false, flipColumns: true },
  3: { swap: false, flipRows: true, flipColumns: true },
  4: { swap: false, flipRows: true, flipColumns: false },
  5: { swap: true, flipRows: false, flipColumns: false },
  6: { swap: true, flipRows: false, flipColumns: true },
  7: { swap: true, flipRows: true, flipColumns: true },
  8: { swap: true, flipRows: true, flipColumns: false },
};

/** An image `[c, h, w]` turned as its EXIF orientation asks for. */
export function upright(image: HostTensor, orientation: Orientation): HostTensor {
  if (orientation === 1) return image;
  const { swap, flipRows, flipColumns } = turns[orientation];
  const [channels, h, w] = image.shape;
  const [rows, columns] = swap ? [w, h] : [h, w];
  const out = createTypedArray(image.dtype, image.data.length);
  for (let c = 0, to = 0; c < channels; c++) {
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++, to++) {
        const row = flipRows ? rows - 1 - y : y;
        const column = flipColumns ? columns - 1 - x : x;
        out[to] = image.data[c * h * w + (swap ? column * w + row : row * w + column)];
      }
    }
  }
  return { shape: [channels, rows, columns], dtype: image.dtype, data: out };
}
