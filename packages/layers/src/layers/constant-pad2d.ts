import { Pad2d, type Padding2d } from './pad2d.ts';

/**
 * Adds one number around images.
 *
 * @example
 * await new ConstantPad2d([0, 1, 0, 0], 5).forward(ones([1, 1, 1, 2])).data() // Float32Array [1, 1, 5]
 */
export class ConstantPad2d extends Pad2d {
  constructor(padding: Padding2d, value: number) {
    super(padding, 'constant', value);
  }
}
