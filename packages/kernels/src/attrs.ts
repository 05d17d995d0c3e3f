import type { BinaryFn, ReduceFn, UnaryFn } from './functions.ts';
import type { FactorFn } from './linalg/factor.ts';
import type { SolveKind } from './linalg/solve.ts';

/** Two numbers: along height, along width. */
export type Pair = readonly [number, number];

/** A kernel without attributes. */
export type NoAttrs = Readonly<Record<never, never>>;

/** How a 2-D convolution slides; `padding` is zeros on both sides. */
export interface Conv2dAttrs {
  readonly stride: Pair;
  readonly padding: Pair;
  readonly dilation: Pair;
  readonly groups: number;
}

/** How a 2-D pooling window slides. Ceil mode shows in the output shape only. */
export interface Pool2dAttrs {
  readonly kernelSize: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
  readonly dilation: Pair;
}

/** As {@link Pool2dAttrs}; `countIncludePad` divides by the window clipped to the padded image, else by its pixels inside the image. */
export interface AvgPool2dAttrs extends Pool2dAttrs {
  readonly countIncludePad: boolean;
}

/** How an image is resampled: pixel centres at half-integers unless `alignCorners` (bilinear only), as in PyTorch's `interpolate`. */
export interface Resize2dAttrs {
  readonly mode: 'nearest' | 'bilinear';
  readonly alignCorners: boolean;
}

/**
 * The kernel set, with the attributes of each: everything a backend can be asked to do.
 *
 * Inputs and outputs are contiguous and row-major. `out` is the spec handed to {@link Backend.run}; ops check shapes and
 * dtypes before, so a kernel trusts them; indices it does not, as nobody has seen their values: one out of range throws, or where the
 * device cannot, gives some value and touches no memory outside. The set is closed under gradients: every rule of every kernel is written
 * with kernels of the set.
 *
 * | kernel | inputs → out |
 * |---|---|
 * | `fill` | → any shape, all `value` |
 * | `iota` | → `[n]`: `start + i * step` |
 * | `randomBits` | → Philox 4×32-10 with `key`: element i is word `i % 4` of block `counter + ⌊i / 4⌋` (a 64-bit counter, low word first). int32 out: the bits; float out: `(bits >>> 8) * 2⁻²⁴`, in [0, 1) |
 * | `unary`, `binary`, `select` | NumPy broadcasting to `out`; `select(condition bool, a, b)` |
 * | `cast` | to `out.dtype`; to an int truncates and saturates (NaN → 0), anything → bool is `!= 0` |
 * | `reduce` | over `axes`; `out` has them as 1 or not at all. Empty: 0, 1, +∞, −∞ |
 * | `argReduce` | int32 index of the first extreme along `axis`; NaN wins |
 * | `cumulativeSum` | along `axis` |
 * | `copyStrided` | `out[i] = x[offset + Σ iₐ * stridesₐ]`, strides in elements, 0 and negative too |
 * | `pad` | `out[before + i * step] = x[i]`, else `value`; the end follows from `out` |
 * | `concat` | any number of inputs along `axis` |
 * | `matmul` | `[…, m, k] × […, k, n] → […, m, n]`, leading axes broadcast; a transposed operand is stored with its last two axes swapped |
 * | `conv2d` | x `[n, c, h, w]`, w `[o, c / groups, kh, kw]` → `[n, o, oh, ow]` (cross-correlation) |
 * | `conv2dInputGrad` | dy `[n, o, oh, ow]`, w → dx, shaped as `out` |
 * | `conv2dWeightGrad` | x, dy → dw, shaped as `out` |
 * | `maxPool2dIndices` | x `[n, c, h, w]` → int32 `[n, c, oh, ow]`: index in the `h * w` plane of the first maximum; NaN wins; padding never does |
 * | `avgPool2d`, `avgPool2dGrad` | x → y; dy → dx, shaped as `out` |
 * | `resize2d`, `resize2dGrad` | x `[n, c, h, w]` → `[n, c, oh, ow]`; dy → dx, shaped as `out` |
 * | `gather` | x, index int32 → `out[i][j] = x[index[i][j]][j]` (for axis 0); index has x's shape but along `axis` |
 * | `scatterAdd` | index, src → zeros of `out`, plus src at index: the adjoint of `gather` |
 * | `indexSelect` | x, index int32 `[m]` → the slices of x along `axis` |
 * | `indexAdd` | index, src → zeros of `out`, plus src's slices: the adjoint of `indexSelect` |
 * | `factor` | matrices `[…, m, n]` → what `fn` makes of each, {@link factorShape} |
 * | `solve` | a `[…, n, n]`, b `[…, n, m]` → x with $a x = b$, or $a^\top x = b$ with `transpose` |
 * | `argsort` | int32 indices that sort along `axis`, stable; NaN is largest |
 */
export interface KernelAttrs {
  readonly fill: { readonly value: number };
  readonly iota: { readonly start: number; readonly step: number };
  readonly randomBits: { readonly key: Pair; readonly counter: number };
  readonly unary: { readonly fn: UnaryFn };
  readonly binary: { readonly fn: BinaryFn };
  readonly select: NoAttrs;
  readonly cast: NoAttrs;
  readonly reduce: { readonly fn: ReduceFn; readonly axes: readonly number[] };
  readonly argReduce: { readonly fn: 'min' | 'max'; readonly axis: number };
  readonly cumulativeSum: { readonly axis: number; readonly exclusive: boolean; readonly reverse: boolean };
  readonly copyStrided: { readonly offset: number; readonly strides: readonly number[] };
  readonly pad: { readonly before: readonly number[]; readonly step: readonly number[]; readonly value: number };
  readonly concat: { readonly axis: number };
  readonly matmul: { readonly transposeA: boolean; readonly transposeB: boolean };
  readonly conv2d: Conv2dAttrs;
  readonly conv2dInputGrad: Conv2dAttrs;
  readonly conv2dWeightGrad: Conv2dAttrs;
  readonly maxPool2dIndices: Pool2dAttrs;
  readonly avgPool2d: AvgPool2dAttrs;
  readonly avgPool2dGrad: AvgPool2dAttrs;
  readonly resize2d: Resize2dAttrs;
  readonly resize2dGrad: Resize2dAttrs;
  readonly gather: { readonly axis: number };
  readonly scatterAdd: { readonly axis: number };
  readonly indexSelect: { readonly axis: number };
  readonly indexAdd: { readonly axis: number };
  readonly factor: { readonly fn: FactorFn };
  readonly solve: { readonly kind: SolveKind; readonly transpose: boolean };
  readonly argsort: { readonly axis: number; readonly descending: boolean };
}

/** The name of a kernel: a row of {@link KernelAttrs}. */
export type KernelName = keyof KernelAttrs;
