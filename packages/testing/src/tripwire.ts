import type { Backend } from '@dl/kernels';

/**
 * The current backend while a sample with inputs runs: an op computes where its inputs are, so whoever reaches for the current backend
 * instead is caught.
 */
export const tripwire: Backend = {
  name: 'tripwire',
  info: refuse,
  supports: refuse,
  upload: refuse,
  run: refuse,
  fuses: refuse,
  runFused: refuse,
  read: refuse,
  retain: refuse,
  release: refuse,
  offload: refuse,
  sync: refuse,
  stats: refuse,
  dispose: refuse,
};

function refuse(): never {
  throw new Error('an op with inputs must compute on their backend, got a call of the current backend');
}
