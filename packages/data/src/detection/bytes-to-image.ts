import type { HostTensor } from '@dl/kernels';

/** An image of bytes as numbers in [0, 1]; a grey one gets three equal channels. */
export function bytesToImage({ shape: [channels, height, width], data }: HostTensor): HostTensor {
  const plane = height * width;
  const out = new Float32Array(3 * plane);
  for (let i = 0; i < out.length; i++) out[i] = data[channels === 1 ? i % plane : i] / 255;
  return { shape: [3, height, width], dtype: 'float32', data: out };
}
