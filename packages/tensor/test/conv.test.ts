import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { add, conv2d, convTranspose2d, type Tensor, tensor, useBackend } from '../src/index.ts';

beforeAll(async () => {
  await useBackend('reference');
});

/** Small integers, so that float32 sums are exact. */
function counting(shape: readonly number[], seed: number): Tensor {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return tensor(
    Float32Array.from({ length: size }, (_, i) => ((7 * i + 3 * seed) % 11) - 5),
    { shape },
  );
}

async function innerProduct(a: Tensor, b: Tensor): Promise<number> {
  const [x, y] = [await a.data(), await b.data()];
  expect(a.shape).toEqual(b.shape);
  return Array.from(x).reduce((sum, value, i) => sum + value * y[i], 0);
}

describe('convTranspose2d', () => {
  it('is the adjoint of conv2d: <conv2d(x, w), y> = <x, convTranspose2d(y, w)>', async () => {
    const pair = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));
    const cases = fc.record({
      groups: fc.integer({ min: 1, max: 2 }),
      kernel: pair(1, 3),
      stride: pair(1, 3),
      padding: pair(0, 2),
      dilation: pair(1, 2),
      image: pair(5, 8),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ groups, kernel, stride, padding, dilation, image }) => {
        const options = { stride, padding, dilation, groups };
        const x = counting([2, 2 * groups, ...image], 1);
        const weight = counting([3 * groups, 2, ...kernel], 2);
        const convolved = conv2d(x, weight, options);
        const y = counting(convolved.shape, 3);
        const outputPadding = [0, 1].map((axis) => {
          const padded = image[axis] + 2 * padding[axis] - dilation[axis] * (kernel[axis] - 1) - 1;
          return padded % stride[axis];
        }) as [number, number];
        const back = convTranspose2d(y, weight, { ...options, outputPadding });
        expect(await innerProduct(convolved, y)).toBe(await innerProduct(x, back));
      }),
    );
  });
});

describe('conv2d', () => {
  it('gives the shapes of the lectures, and the error names op and shapes where they do not fit', () => {
    const convolved = conv2d(counting([1, 3, 20, 20], 1), counting([10, 3, 3, 3], 2));
    expect(convolved.shape).toEqual([1, 10, 18, 18]);
    expect(add(convolved, counting([1, 10, 18, 18], 3)).shape).toEqual([1, 10, 18, 18]);
    expect(() => add(convolved, counting([1, 10, 10, 10], 3))).toThrow(
      'add: shapes must broadcast, got 18 and 10 at axis 3 (a [1, 10, 18, 18], b [1, 10, 10, 10])',
    );
  });

  it('with stride 2 is every second pixel of the one without', async () => {
    const [x, weight] = [counting([1, 2, 7, 7], 1), counting([3, 2, 3, 3], 2)];
    const every = conv2d(x, weight);
    const second = conv2d(x, weight, { stride: 2 });
    expect(await second.array()).toEqual(await every.slice([null, null, [null, null, 2], [null, null, 2]]).array());
  });

  it('with dilation is one with a kernel stuffed with zeros', async () => {
    const x = counting([1, 1, 6, 6], 1);
    const kernel = tensor([
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    ]);
    const stuffed = tensor([
      [
        [
          [1, 0, 2],
          [0, 0, 0],
          [3, 0, 4],
        ],
      ],
    ]);
    expect(await conv2d(x, kernel, { dilation: 2 }).array()).toEqual(await conv2d(x, stuffed).array());
  });
});
