import type { HostTensor } from '@dl/kernels';

/** An image of bytes as float32 numbers in [0, 1]. */
export function bytesToImage({ shape, data }: HostTensor): HostTensor {
  return { shape, dtype: 'float32', data: Float32Array.from(data, (byte) => byte / 255) };
}
