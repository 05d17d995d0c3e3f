import { ShapeError } from '@dl/tensor';
import { expect, test } from 'vitest';
import { backpropagation } from '../src/backpropagation.ts';

test('gradients have the shapes of the slide, and x1 passes ones', async () => {
  const { x0, x1, conv, grads } = backpropagation();
  expect(grads.get(x0)?.shape).toEqual([1, 3, 20, 20]);
  expect(grads.get(x1)?.shape).toEqual([1, 10, 18, 18]);
  expect(grads.get(conv.weight)?.shape).toEqual([10, 3, 3, 3]);
  expect(await grads.get(x1)?.data()).toEqual(new Float32Array(3240).fill(1));
});

test('the shapes of the first slide cannot be added, and the error names the op and both', () => {
  expect(() => backpropagation([1, 10, 10, 10])).toThrow(ShapeError);
  expect(() => backpropagation([1, 10, 10, 10])).toThrow(
    'add: shapes must broadcast, got 18 and 10 at axis 3 (a [1, 10, 18, 18], b [1, 10, 10, 10])',
  );
});
