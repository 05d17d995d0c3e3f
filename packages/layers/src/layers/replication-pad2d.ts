import { Pad2d, type Padding2d } from './pad2d.ts';

/**
 * Adds the pixels of its edges around images.
 *
 * @example
 * new ReplicationPad2d([1, 1, 0, 2]).forward(ones([1, 1, 4, 4])).shape // [1, 1, 6, 6]
 */
export class ReplicationPad2d extends Pad2d {
  constructor(padding: Padding2d) {
    super(padding, 'replicate');
  }
}
