import {
  ArgumentError,
  concatShape,
  conv2dShape,
  convTranspose2dShape,
  gatherShape,
  indexSelectShape,
  matmulShape,
  padShape,
  pool2dShape,
  reduceShape,
  resize2dShape,
  ShapeError,
} from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import { conv2dCases, convTranspose2dShapes, poolExtents } from './golden.generated.ts';

const plain = { stride: [1, 1], padding: [0, 0], dilation: [1, 1], groups: 1 } as const;
const window = { kernelSize: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1], ceilMode: false } as const;
const straight = { transposeA: false, transposeB: false };

describe('conv2dShape', () => {
  it('agrees with PyTorch', () => {
    for (const { x, weight, attrs, shape } of conv2dCases) expect(conv2dShape('conv2d', x, weight, attrs)).toEqual(shape);
  });

  it('lets a batch be empty', () => {
    expect(conv2dShape('conv2d', [0, 1, 3, 3], [2, 1, 3, 3], plain)).toEqual([0, 2, 1, 1]);
  });

  it.each([
    [ShapeError, [3, 4, 4], [2, 3, 3, 3], {}, 'conv2d: x must have 4 axes [n, c, h, w], got 3 (x [3, 4, 4])'],
    [ShapeError, [1, 3, 4, 4], [3, 3], {}, 'conv2d: weight must have 4 axes [o, c / groups, kh, kw], got 2 (weight [3, 3])'],
    [
      ShapeError,
      [1, 3, 4, 4],
      [2, 4, 3, 3],
      {},
      'conv2d: channels must match, got 3 in x and 4 in weight (x [1, 3, 4, 4], weight [2, 4, 3, 3], groups 1)',
    ],
    [
      ShapeError,
      [1, 4, 4, 4],
      [3, 2, 3, 3],
      { groups: 2 },
      'conv2d: output channels must divide into groups, got 3 and 2 (x [1, 4, 4, 4], weight [3, 2, 3, 3], groups 2)',
    ],
    [
      ShapeError,
      [1, 1, 9, 4],
      [1, 1, 3, 3],
      { dilation: [1, 3], padding: [0, 1] },
      'conv2d: kernel must fit in the padded input, got 7 and 6 at axis 3 (x [1, 1, 9, 4], weight [1, 1, 3, 3], groups 1)',
    ],
    [ArgumentError, [1, 1, 4, 4], [1, 1, 0, 3], {}, 'conv2d: kernel size must be two integers of at least 1, got [0, 3]'],
    [
      ArgumentError,
      [1, 1, 4, 4],
      [1, 1, 3, 3],
      { stride: [1, 0] },
      'conv2d: stride must be two integers of at least 1, got [1, 0]',
    ],
    [
      ArgumentError,
      [1, 1, 4, 4],
      [1, 1, 3, 3],
      { padding: [-1, 0] },
      'conv2d: padding must be two integers of at least 0, got [-1, 0]',
    ],
    [
      ArgumentError,
      [1, 1, 4, 4],
      [1, 1, 3, 3],
      { dilation: [1, 1.5] },
      'conv2d: dilation must be two integers of at least 1, got [1, 1.5]',
    ],
    [ArgumentError, [1, 1, 4, 4], [1, 1, 3, 3], { groups: 0 }, 'conv2d: groups must be a positive integer, got 0'],
  ] as const)('throws %o for x %j, weight %j, %j', (type, x, weight, attrs, message) => {
    const call = () => conv2dShape('conv2d', x, weight, { ...plain, ...attrs });
    expect(call).toThrow(type);
    expect(call).toThrow(message);
  });
});

describe('convTranspose2dShape', () => {
  it('agrees with PyTorch', () => {
    for (const { x, weight, attrs, outputPadding, shape } of convTranspose2dShapes) {
      expect(convTranspose2dShape('convTranspose2d', x, weight, attrs, outputPadding)).toEqual(shape);
    }
  });

  it('undoes conv2dShape', () => {
    for (const { x, weight, attrs, shape } of conv2dCases) {
      const [, , h, w] = convTranspose2dShape('convTranspose2d', shape, weight, attrs, [0, 0]);
      const rest = [x[2] - h, x[3] - w] as const;
      expect(convTranspose2dShape('convTranspose2d', shape, weight, attrs, rest)).toEqual(x);
    }
  });

  it.each([
    [ShapeError, [1, 3, 4, 4], [2, 3, 3, 3], {}, [0, 0], 'channels must match, got 3 in x and 2 in weight'],
    [ShapeError, [1, 3, 4, 4], [3, 1, 3, 3], { groups: 2 }, [0, 0], 'input channels must divide into groups, got 3 and 2'],
    [ShapeError, [1, 1, 1, 4], [1, 1, 1, 3], { padding: [1, 0] }, [0, 0], 'output must not be empty, got -1 at axis 2'],
    [ShapeError, [1, 1, 0, 4], [1, 1, 9, 3], {}, [0, 0], 'x must have pixels, got 0 at axis 2'],
    [
      ArgumentError,
      [1, 1, 4, 4],
      [1, 1, 3, 3],
      { stride: [2, 2] },
      [1, 2],
      'outputPadding must be below stride or dilation, got 2 and 2, 1',
    ],
    [ArgumentError, [1, 1, 4, 4], [1, 1, 3, 3], {}, [0, -1], 'outputPadding must be two integers of at least 0, got [0, -1]'],
  ] as const)('throws %o for x %j, weight %j, %j, %j', (type, x, weight, attrs, extra, message) => {
    const call = () => convTranspose2dShape('convTranspose2d', x, weight, { ...plain, ...attrs }, extra);
    expect(call).toThrow(type);
    expect(call).toThrow(`convTranspose2d: ${message}`);
  });
});

describe('pool2dShape', () => {
  it('agrees with PyTorch wherever a window may stand', () => {
    for (const [size, kernel, stride, padding, dilation, ceil, extent] of poolExtents) {
      const attrs = { kernelSize: [kernel, 1], stride: [stride, 1], padding: [padding, 0], dilation: [dilation, 1] } as const;
      const call = () => pool2dShape('pool', [1, 1, size, 1], { ...attrs, ceilMode: ceil === 1 });
      if (extent === 0) expect(call).toThrow(ShapeError);
      else expect(call()).toEqual([1, 1, extent, 1]);
    }
  });

  it.each([
    [ShapeError, [4, 4], {}, 'pool: x must have 4 axes [n, c, h, w], got 2 (x [4, 4])'],
    [ShapeError, [1, 1, 4, 1], {}, 'pool: window must fit in the padded input, got 2 and 1 at axis 3 (x [1, 1, 4, 1])'],
    [ShapeError, [1, 1, 0, 2], { kernelSize: [1, 1] }, 'pool: window must fit in the padded input, got 1 and 0 at axis 2'],
    [
      ShapeError,
      [1, 1, 1, 4],
      { padding: [1, 0], dilation: [2, 1] },
      'pool: dilation must be at most a padded extent, got 2 and 1 (x [1, 1, 1, 4])',
    ],
    [
      ArgumentError,
      [1, 1, 4, 4],
      { padding: [0, 2] },
      'pool: padding must be at most half of the kernel, got 2 and 2 (x [1, 1, 4, 4])',
    ],
    [ArgumentError, [1, 1, 4, 4], { kernelSize: [0, 2] }, 'pool: kernelSize must be two integers of at least 1, got [0, 2]'],
    [ArgumentError, [1, 1, 4, 4], { stride: [1, 0] }, 'pool: stride must be two integers of at least 1, got [1, 0]'],
    [ArgumentError, [1, 1, 4, 4], { padding: [-1, 0] }, 'pool: padding must be two integers of at least 0, got [-1, 0]'],
    [ArgumentError, [1, 1, 4, 4], { dilation: [0, 1] }, 'pool: dilation must be two integers of at least 1, got [0, 1]'],
  ] as const)('throws %o for x %j, %j', (type, x, attrs, message) => {
    const call = () => pool2dShape('pool', x, { ...window, ...attrs });
    expect(call).toThrow(type);
    expect(call).toThrow(message);
  });
});

describe('matmulShape', () => {
  it('multiplies the last two axes and broadcasts those before', () => {
    expect(matmulShape('matmul', [2, 3], [3, 4], straight)).toEqual([2, 4]);
    expect(matmulShape('matmul', [5, 1, 2, 3], [7, 3, 4], straight)).toEqual([5, 7, 2, 4]);
    expect(matmulShape('matmul', [3, 2], [4, 3], { transposeA: true, transposeB: true })).toEqual([2, 4]);
    expect(matmulShape('matmul', [2, 0], [0, 4], straight)).toEqual([2, 4]);
  });

  it.each([
    [[2, 3], [2, 3], straight, 'matmul: inner dimensions must match, got 3 and 2 (a [2, 3], b [2, 3])'],
    [
      [2, 3],
      [3, 2],
      { transposeA: true, transposeB: false },
      'matmul: inner dimensions must match, got 2 and 3 (a [2, 3] transposed, b [3, 2])',
    ],
    [[3], [3, 4], straight, 'matmul: operands must have at least 2 axes, got 1 and 2 (a [3], b [3, 4])'],
    [[2, 2, 3], [5, 3, 4], straight, 'matmul: shapes must broadcast, got 2 and 5 at axis 0 (a [2, 2, 3], b [5, 3, 4])'],
  ])('refuses %j and %j', (a, b, attrs, message) => {
    const call = () => matmulShape('matmul', a, b, attrs);
    expect(call).toThrow(ShapeError);
    expect(call).toThrow(message);
  });
});

describe('reduceShape', () => {
  it('drops the axes or keeps them as 1', () => {
    expect(reduceShape([2, 3, 4], [0, 2], false)).toEqual([3]);
    expect(reduceShape([2, 3, 4], [0, 2], true)).toEqual([1, 3, 1]);
    expect(reduceShape([2, 3], [], false)).toEqual([2, 3]);
    expect(reduceShape([0, 3], [0], false)).toEqual([3]);
  });
});

describe('concatShape', () => {
  it('adds extents along the axis', () => {
    expect(
      concatShape(
        'concat',
        [
          [2, 3],
          [2, 0],
          [2, 1],
        ],
        1,
      ),
    ).toEqual([2, 4]);
    expect(concatShape('concat', [[2, 3]], -2)).toEqual([2, 3]);
  });

  it('refuses no input, other extents, other ranks and other axes', () => {
    expect(() => concatShape('concat', [], 0)).toThrow(new ArgumentError('concat', 'inputs must be at least one, got none'));
    const unequal = 'shapes must be equal but along axis 1, got [2, 3] and [4, 3] (inputs 0 and 1)';
    expect(() =>
      concatShape(
        'concat',
        [
          [2, 3],
          [4, 3],
        ],
        1,
      ),
    ).toThrow(new ShapeError('concat', unequal));
    expect(() => concatShape('concat', [[2, 3], [2]], 1)).toThrow('got [2, 3] and [2] (inputs 0 and 1)');
    expect(() => concatShape('concat', [[2, 3]], 2)).toThrow('concat: axis must be an integer in [-2, 2), got 2');
  });
});

describe('padShape', () => {
  it('adds what is before and after', () => {
    expect(
      padShape(
        'pad',
        [2, 3],
        [
          [0, 1],
          [2, 3],
        ],
      ),
    ).toEqual([3, 8]);
    expect(padShape('pad', [], [])).toEqual([]);
  });

  it('refuses other numbers of pairs and negative pads', () => {
    const few = 'pads must be one pair an axis, got 1 pairs and 2 axes (x [2, 3])';
    expect(() => padShape('pad', [2, 3], [[0, 0]])).toThrow(new ShapeError('pad', few));
    const negative = 'pads must be non-negative integers, got -1 and 0 at axis 0';
    expect(() => padShape('pad', [2], [[-1, 0]])).toThrow(new ArgumentError('pad', negative));
  });
});

describe('resize2dShape', () => {
  it('takes the size asked for', () => {
    expect(resize2dShape('resize2d', [2, 3, 4, 5], [8, 1])).toEqual([2, 3, 8, 1]);
  });

  it('refuses an empty image or size', () => {
    const empty = 'image must have pixels, got 0 by 5 (x [1, 1, 0, 5])';
    expect(() => resize2dShape('resize2d', [1, 1, 0, 5], [2, 2])).toThrow(new ShapeError('resize2d', empty));
    const size = 'size must be two integers of at least 1, got [0, 2]';
    expect(() => resize2dShape('resize2d', [1, 1, 4, 5], [0, 2])).toThrow(new ArgumentError('resize2d', size));
    expect(() => resize2dShape('resize2d', [4, 5], [2, 2])).toThrow(
      'resize2d: x must have 4 axes [n, c, h, w], got 2 (x [4, 5])',
    );
  });
});

describe('gatherShape and indexSelectShape', () => {
  it('follow the index', () => {
    expect(gatherShape('gather', [4, 3], [2, 3], 0)).toEqual([2, 3]);
    expect(indexSelectShape('indexSelect', [4, 3], [7], -1)).toEqual([4, 7]);
  });

  it('refuse an index of another shape', () => {
    const gather = "index must have x's shape but along axis 1, got [2, 3] (x [4, 3])";
    expect(() => gatherShape('gather', [4, 3], [2, 3], -1)).toThrow(new ShapeError('gather', gather));
    const select = 'index must have 1 axis, got 2 (index [7, 1])';
    expect(() => indexSelectShape('indexSelect', [4, 3], [7, 1], 0)).toThrow(new ShapeError('indexSelect', select));
  });
});
