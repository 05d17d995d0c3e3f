import type { Backend } from '@dl/kernels';
import { createLayoutSuite } from './create-layout.ts';
import { elementwiseSuite } from './elementwise.ts';
import { fusedSuite } from './fused.ts';
import { imageSuite } from './images.ts';
import { linearSuite } from './linear.ts';
import { lstmSuite } from './lstm.ts';
import { reduceIndexSuite } from './reduce-index.ts';

/** Every kernel of the set against the reference backend. */
export function kernelSuite(create: () => Backend): void {
  elementwiseSuite(create);
  createLayoutSuite(create);
  reduceIndexSuite(create);
  linearSuite(create);
  imageSuite(create);
  fusedSuite(create);
  lstmSuite(create);
}
