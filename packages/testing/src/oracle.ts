import { createReferenceBackend } from '@dl/kernels';
import type { Target } from './target.ts';

/** Where everything else is measured: the reference backend in float64. */
export function createOracle(): Target {
  return { backend: createReferenceBackend(), float: 'float64' };
}
