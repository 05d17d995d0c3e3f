import {
  abs,
  acos,
  add,
  asin,
  cast,
  ceil,
  conv2d,
  cos,
  div,
  equal,
  exp,
  floor,
  globalAvgPool2d,
  greater,
  indexSelect,
  interpolate,
  leakyRelu,
  less,
  log,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  matmul,
  min,
  mul,
  neg,
  type PadMode,
  pad,
  permute,
  pow,
  relu,
  reshape,
  sin,
  slice,
  softmax,
  sqrt,
  sub,
  type Tensor,
  tan,
  tensor,
  tidy,
} from '@dl/tensor';
import type { OnnxAttributes, OnnxTensor } from './cases.ts';

/** How an ONNX operator is said with ours: from tensors, attributes, and the inputs' host values, which some read as arguments. */
export type OnnxOperator = (
  inputs: readonly Tensor[],
  attributes: OnnxAttributes,
  host: readonly OnnxTensor[],
) => Tensor | readonly Tensor[];

const unary =
  (op: (x: Tensor) => Tensor): OnnxOperator =>
  ([x]) =>
    op(x);
const binary =
  (op: (a: Tensor, b: Tensor) => Tensor): OnnxOperator =>
  ([a, b]) =>
    op(a, b);

const padModes: Readonly<Record<string, PadMode>> = { constant: 'constant', reflect: 'reflect', edge: 'replicate' };

function conv([x, weight, bias]: readonly Tensor[], { numbers, number }: OnnxAttributes): Tensor {
  const pads = numbers('pads') ?? [0, 0, 0, 0];
  const [top, left, bottom, right] = pads;
  const around = pad(x, [
    [0, 0],
    [0, 0],
    [top, bottom],
    [left, right],
  ]);
  const [down = 1, across = 1] = numbers('strides') ?? [];
  const [tall = 1, wide = 1] = numbers('dilations') ?? [];
  return conv2d(around, weight, { bias, stride: [down, across], dilation: [tall, wide], groups: number('group') ?? 1 });
}

function padded([x]: readonly Tensor[], { numbers, number, text }: OnnxAttributes): Tensor {
  const pads = numbers('pads') ?? [];
  const sides = x.shape.map((_, axis) => [pads[axis], pads[axis + x.rank]] as const);
  return pad(x, sides, { mode: padModes[text('mode') ?? 'constant'], value: number('value') });
}

/** Negative positions count from the end; the result has the index's axes in place of the first. */
function gathered([x, index]: readonly Tensor[], { number }: OnnxAttributes, [, positions]: readonly OnnxTensor[]): Tensor {
  const axis = number('axis') ?? 0;
  const extent = x.shape[axis];
  const places = positions.data.map((at) => Number(at) + (Number(at) < 0 ? extent : 0));
  const picked = indexSelect(x, tensor(places, { shape: [places.length], dtype: 'int32', backend: x.backend }), axis);
  return reshape(picked, [...x.shape.slice(0, axis), ...index.shape, ...x.shape.slice(axis + 1)]);
}

function reshaped([x]: readonly Tensor[], _: OnnxAttributes, [, shape]: readonly OnnxTensor[]): Tensor {
  // 0 keeps an extent, -1 takes what is left.
  const wanted = shape.data.map((extent, axis) => (Number(extent) === 0 ? x.shape[axis] : Number(extent)));
  const known = wanted.filter((extent) => extent >= 0).reduce((product, extent) => product * extent, 1);
  return reshape(
    x,
    wanted.map((extent) => (extent < 0 ? x.size / known : extent)),
  );
}

function split([x]: readonly Tensor[], { numbers, number }: OnnxAttributes): readonly Tensor[] {
  const axis = number('axis') ?? 0;
  const sizes = numbers('split') ?? [x.shape[axis] / 2, x.shape[axis] / 2];
  let start = 0;
  return sizes.map((size) => {
    const from = start;
    start += size;
    return slice(x, [...x.shape.slice(0, axis).map(() => null), [from, from + size]]);
  });
}

function gemm([a, b, c]: readonly Tensor[], { number }: OnnxAttributes): Tensor {
  const product = matmul(a, b, { transposeA: number('transA') === 1, transposeB: number('transB') === 1 });
  const scaled = mul(product, number('alpha') ?? 1);
  return c === undefined ? scaled : add(scaled, mul(c, number('beta') ?? 1));
}

/** Softmax over all axes from `axis` on, as one: what ONNX meant before its version 13. */
function flatSoftmax([x]: readonly Tensor[], { number }: OnnxAttributes): Tensor {
  const axis = number('axis') ?? 1;
  const rows = x.shape.slice(0, axis).reduce((product, extent) => product * extent, 1);
  return reshape(softmax(reshape(x, [rows, x.size / rows]), 1), x.shape);
}

/** Nearest of any rank: element ⌊i / scale⌋ along each axis. Linear along the last two: what the format calls asymmetric coordinates. */
function upsample([x]: readonly Tensor[], { numbers, text }: OnnxAttributes): Tensor {
  const scales = numbers('scales') ?? [];
  if (text('mode') === 'linear')
    return asymmetric(
      x,
      scales.map((scale, axis) => Math.floor(x.shape[axis] * scale)),
    );
  return scales.reduce((y, scale, axis) => {
    const places = Array.from({ length: Math.floor(x.shape[axis] * scale) }, (_, i) => Math.floor(i / scale));
    return indexSelect(y, tensor(places, { dtype: 'int32', backend: x.backend }), axis);
  }, x);
}

/** Weighs neighbours around `i * h / oh`, so that the first pixels stay: no mode of `interpolate`, but made of the same parts. */
function asymmetric(x: Tensor, sizes: readonly number[]): Tensor {
  return sizes.reduce((y, size, axis) => {
    const extent = x.shape[axis];
    if (size === extent) return y;
    const at = Array.from({ length: size }, (_, i) => (i * extent) / size);
    const pick = (places: readonly number[]): Tensor =>
      indexSelect(y, tensor([...places], { dtype: 'int32', backend: x.backend }), axis);
    const low = pick(at.map((place) => Math.floor(place)));
    const high = pick(at.map((place) => Math.min(Math.floor(place) + 1, extent - 1)));
    const shape = y.shape.map((_, other) => (other === axis ? size : 1));
    const share = tensor(
      at.map((place) => place % 1),
      { shape, backend: x.backend },
    );
    return add(low, mul(sub(high, low), share));
  }, x);
}

function resized([x]: readonly Tensor[], { text }: OnnxAttributes, host: readonly OnnxTensor[]): Tensor {
  const [, , scales, sizes] = host;
  const wanted = sizes?.data.length
    ? sizes.data.map(Number)
    : x.shape.map((extent, axis) => Math.floor(extent * Number(scales.data[axis])));
  const convention = text('coordinate_transformation_mode') ?? 'half_pixel';
  if (convention === 'asymmetric') return asymmetric(x, wanted);
  return interpolate(x, { size: wanted.slice(2), mode: 'bilinear', alignCorners: convention === 'align_corners' });
}

/** The operators of the cases, by their ONNX name. */
export const onnxOperators: Readonly<Record<string, OnnxOperator>> = {
  Abs: unary(abs),
  Acos: unary(acos),
  Add: binary(add),
  And: binary(logicalAnd),
  Asin: unary(asin),
  Ceil: unary(ceil),
  Conv: conv,
  Cos: unary(cos),
  Div: ([a, b]) => (a.dtype === 'int32' ? cast(div(a, b), 'int32') : div(a, b)),
  Equal: binary(equal),
  Exp: unary(exp),
  Floor: unary(floor),
  Gather: gathered,
  Gemm: gemm,
  GlobalAveragePool: unary(globalAvgPool2d),
  Greater: binary(greater),
  Identity: unary((x) => x),
  ImageScaler: ([x], { number, numbers }) => {
    const bias = numbers('bias') ?? [];
    return add(mul(x, number('scale') ?? 1), tensor([...bias], { shape: [bias.length, 1, 1], backend: x.backend }));
  },
  LeakyRelu: ([x], { number }) => leakyRelu(x, { negativeSlope: number('alpha') ?? 0.01 }),
  Less: binary(less),
  Log: unary(log),
  MatMul: binary((a, b) => matmul(a, b)),
  Mul: binary(mul),
  Neg: unary(neg),
  Not: unary(logicalNot),
  Or: binary(logicalOr),
  Pad: padded,
  Pow: binary(pow),
  ReduceMin: ([x], { number, numbers }) =>
    min(x, numbers('axes') ?? x.shape.map((_, axis) => axis), { keepDims: number('keepdims') !== 0 }),
  Relu: unary(relu),
  Reshape: reshaped,
  Resize: resized,
  Sin: unary(sin),
  Softmax: flatSoftmax,
  Split: split,
  Sqrt: unary(sqrt),
  Sub: binary(sub),
  Tan: unary(tan),
  Transpose: ([x], { numbers }) => permute(x, numbers('perm') ?? x.shape.map((_, axis) => x.rank - 1 - axis)),
  Upsample: upsample,
  Xor: binary(logicalXor),
};

/** Runs an operator, and frees what it makes on its way. */
export function runOnnx(
  operator: OnnxOperator,
  inputs: readonly Tensor[],
  attributes: OnnxAttributes,
  host: readonly OnnxTensor[],
): readonly Tensor[] {
  return tidy(() => [operator(inputs, attributes, host)].flat());
}
