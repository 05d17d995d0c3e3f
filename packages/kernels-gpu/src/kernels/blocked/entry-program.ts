import type { Program } from '../../kernel-source.ts';

/** A program whose text is WGSL from its entry point on, for WebGPU alone: tiles of many texels a thread, and memory of a workgroup. */
export function entryProgram(key: string, buffers: readonly string[], ints: readonly string[], entry: () => string): Program {
  return {
    key,
    source: () => ({ buffers, ints, natives: [], body: 'return [0, 0, 0, 0];', entry: entry() }),
  };
}

/** `text(0) text(1) …`, a loop that is written out. */
export function unrolled(count: number, text: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => text(i)).join(' ');
}

/** Names of the values of a texel. */
export const lane = ['x', 'y', 'z', 'w'] as const;
