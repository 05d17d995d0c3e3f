import { lane } from './entry-program.ts';

/** Taps along a line, and how far apart they and their pixels are. */
export interface Line {
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
}

/** Texels of a row under the taps of `count` texels of pixels. */
export function texelsUnder({ taps, stride, dilation }: Line, count: number): number {
  return Math.ceil(((count * 4 - 1) * stride + (taps - 1) * dilation + 1) / 4);
}

/** What lies under tap `tap` of the pixels of texel `texel`, from the texels `<name>0 <name>1 …`. */
export function underTap({ stride, dilation }: Line, name: string, texel: number, tap: number): string {
  const offsets = [0, 1, 2, 3].map((l) => (texel * 4 + l) * stride + tap * dilation);
  return `vec4(${offsets.map((offset) => `${name}${offset >> 2}.${lane[offset & 3]}`).join(', ')})`;
}
