import { beats } from './reduce.ts';
import { type Kernel, rowMajor } from './view.ts';

export const maxPool2dIndices: Kernel<'maxPool2dIndices'> = ([x], { kernelSize, stride, padding, dilation }, out) => {
  const [n, c, height, width] = x.shape;
  const [outHeight, outWidth] = out.shape.slice(2);
  const image = rowMajor(x.data, [n * c, height, width]);
  const indices = rowMajor(out.data, [n * c, outHeight, outWidth]);
  for (let p = 0; p < n * c; p++) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        let best = -1;
        let most = 0;
        for (let ky = 0; ky < kernelSize[0]; ky++) {
          const y = oy * stride[0] - padding[0] + ky * dilation[0];
          if (y < 0 || y >= height) continue;
          for (let kx = 0; kx < kernelSize[1]; kx++) {
            const x = ox * stride[1] - padding[1] + kx * dilation[1];
            if (x < 0 || x >= width) continue;
            const value = image.get(p, y, x);
            if (best >= 0 && !beats(value, most)) continue;
            best = y * width + x;
            most = value;
          }
        }
        indices.set(p, oy, ox, best);
      }
    }
  }
};
