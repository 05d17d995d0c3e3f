import type { RandomOptions } from '@dl/tensor';

/** Options of every random initialiser: the generator, the dtype and the backend, as of {@link rand}. */
export type InitOptions = RandomOptions;

/** Which layers' variance an initialiser keeps: activations forward, or gradients backward. */
export type FanMode = 'fanIn' | 'fanOut';
