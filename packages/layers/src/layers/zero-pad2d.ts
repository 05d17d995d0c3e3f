import { Pad2d, type Padding2d } from './pad2d.ts';

/**
 * Adds zeros around images.
 *
 * @example
 * new ZeroPad2d([1, 1, 0, 2]).forward(ones([1, 1, 4, 4])).shape // [1, 1, 6, 6]
 */
export class ZeroPad2d extends Pad2d {
  constructor(padding: Padding2d) {
    super(padding, 'constant');
  }
}
