import type { Program } from '../../kernel-source.ts';
import { native } from '../native-program.ts';
import { element, lanes } from '../natives.ts';
import { entryProgram, lane, unrolled } from './entry-program.ts';

/** A program that correlates images with a weight, and what a thread of it computes. */
export interface Correlation {
  readonly program: Program;
  /** Neighbouring texels of pixels. */
  readonly pixelTexels: number;
  /** Texels of output channels. */
  readonly channelTexels: number;
}

/**
 * Each output is a sum over input channels and rows of the kernel. For those, a thread loads what its pixels see of a row once, and
 * moves along it: columns of the kernel, stride and dilation along a row are numbers in the text.
 */
export function correlation(columns: number, stride: number, dilation: number, texels: number, outputs: number): Correlation {
  const pixelTexels = texels % 2 === 0 || texels > 4 ? 2 : 1;
  const channelTexels = outputs > 4 ? 2 : 1;
  const ints = ['tiles', 'rows', 'texels', 'inputs', 'outputs', 'ww', 'kh', 'strideY', 'dilationY', 'hx', 'wx'];
  const window: Window = { columns, stride, dilation, texels: pixelTexels };
  const key = `conv2d ${[...Object.values(window), channelTexels].join(' ')}`;
  const program = entryProgram(key, ['x', 'w'], ints, () => correlationText(window, channelTexels));
  return { program, pixelTexels, channelTexels };
}

/** What some pixels see of a row of the image. */
interface Window {
  readonly columns: number;
  readonly stride: number;
  readonly dilation: number;
  /** Pixels, in texels. */
  readonly texels: number;
}

/** Declares the texels `<name>0 …` from `at` on. */
function load({ columns, stride, dilation, texels }: Window, name: string, at: string): string {
  const elements = (texels * 4 - 1) * stride + (columns - 1) * dilation + 1;
  return unrolled(Math.ceil(elements / 4), (i) => `let ${name}${i} = user_x[${at} + ${i}];`);
}

/** What the pixels of texel `q` see through column `j` of the kernel. */
function seen({ stride, dilation }: Window, name: string, j: number, q: number): string {
  const values = lane.map((_, l) => {
    const i = (q * 4 + l) * stride + j * dilation;
    return `${name}${i >> 2}.${lane[i & 3]}`;
  });
  return `vec4<f32>(${values.join(', ')})`;
}

function correlationText(window: Window, channelTexels: number): string {
  const { columns, stride, texels } = window;
  const channels = channelTexels * 4;
  const step = (j: number) => `{
        ${unrolled(channelTexels, (c) => `let w${c} = user_w[source + ${j} * p.user_ww + ${c}];`)}
        ${unrolled(texels, (q) => `let v${q} = ${seen(window, 'x', j, q)};`)}
        ${unrolled(channels, (o) => unrolled(texels, (q) => `s${o}_${q} += w${o >> 2}.${lane[o & 3]} * v${q};`))}
      }`;
  return `
@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id : vec3<u32>) {
  let p = params;
  let place = i32(id.x);
  if (place >= p.user_tiles * p.user_rows) { return; }
  let y = place / p.user_tiles;
  let texel = (place - y * p.user_tiles) * ${texels};
  let channel = i32(id.y) * ${channelTexels};
  let image = i32(id.z);
  ${unrolled(channels, (o) => unrolled(texels, (q) => `var s${o}_${q} = vec4<f32>();`))}
  var source = channel;
  for (var c = 0; c < p.user_inputs; c++) {
    var at = ((image * p.user_inputs + c) * p.user_hx + y * p.user_strideY) * p.user_wx + texel * ${stride};
    for (var i = 0; i < p.user_kh; i++) {
      ${load(window, 'x', 'at')}
      ${unrolled(columns, step)}
      source += ${columns} * p.user_ww;
      at += p.user_dilationY * p.user_wx;
    }
  }
  let plane = p.user_rows * p.user_texels;
  let to = (image * p.user_outputs + channel * 4) * plane + y * p.user_texels + texel;
  ${unrolled(channels, (o) =>
    unrolled(
      texels,
      (q) =>
        `if (channel * 4 + ${o} < p.user_outputs && texel + ${q} < p.user_texels) { result[to + ${o} * plane + ${q}] = s${o}_${q}; }`,
    ),
  )}
}`;
}

/** A program that sums products of an image and a gradient, and what a thread of it computes. */
export interface OuterProducts {
  readonly program: Program;
  readonly channelsOfX: number;
  /** Channels of `dy`, in texels. */
  readonly texelsOfDy: number;
}

/**
 * Each thread has some channels of `x`, some of `dy`, a row of the kernel with all its columns, and a part of the lines of `dy`. Its
 * sums are `[part, c, i, j, o]`.
 */
export function outerProducts(columns: number, stride: number, dilation: number, inputs: number, outputs: number): OuterProducts {
  const texelsOfDy = outputs > 4 ? 2 : 1;
  // As many sums as registers hold.
  const channelsOfX = Math.min(inputs, Math.max(1, Math.floor(mostSums / (texelsOfDy * columns))));
  const window: Window = { columns, stride, dilation, texels: 1 };
  const ints = ['parts', 'per', 'lines', 'rows', 'steps', 'inputs', 'outputs', 'width', 'kh', 'strideY', 'dilationY', 'hx', 'wx'];
  const key = `conv2dWeightGrad ${[columns, stride, dilation, channelsOfX, texelsOfDy].join(' ')}`;
  const program = entryProgram(key, ['x', 'dy'], ints, () => outerProductsText(window, channelsOfX, texelsOfDy));
  return { program, channelsOfX, texelsOfDy };
}

/** Texels of sums that a thread may have. */
const mostSums = 24;

function outerProductsText(window: Window, channelsOfX: number, texelsOfDy: number): string {
  const { columns, stride } = window;
  const channels = texelsOfDy * 4;
  const each = (text: (c: number, j: number, o: number) => string) =>
    unrolled(channelsOfX, (c) => unrolled(columns, (j) => unrolled(texelsOfDy, (o) => text(c, j, o))));
  const column = (c: number, j: number) => `{
        let v = ${seen(window, `x${c}_`, j, 0)};
        ${unrolled(texelsOfDy, (o) => `s${c}_${j}_${o} += vec4<f32>(${lane.map((_, l) => `dot(d${o * 4 + l}, v)`).join(', ')});`)}
      }`;
  return `
@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id : vec3<u32>) {
  let p = params;
  let across = (p.user_width + ${texelsOfDy - 1}) / ${texelsOfDy};
  let down = (p.user_inputs + ${channelsOfX - 1}) / ${channelsOfX};
  var rest = i32(id.x);
  let o = (rest % across) * ${texelsOfDy};
  rest /= across;
  let i = rest % p.user_kh;
  rest /= p.user_kh;
  let c = (rest % down) * ${channelsOfX};
  let part = rest / down;
  if (part >= p.user_parts) { return; }
  let plane = p.user_rows * p.user_steps;
  ${unrolled(channels, (r) => `let o${r} = min(o * 4 + ${r}, p.user_outputs - 1) * plane;`)}
  ${each((c, j, o) => `var s${c}_${j}_${o} = vec4<f32>();`)}
  for (var line = part * p.user_per; line < min((part + 1) * p.user_per, p.user_lines); line++) {
    let image = line / p.user_rows;
    let y = line - image * p.user_rows;
    var source = image * p.user_outputs * plane + y * p.user_steps;
    var at = ((image * p.user_inputs + c) * p.user_hx + y * p.user_strideY + i * p.user_dilationY) * p.user_wx;
    for (var step = 0; step < p.user_steps; step++) {
      ${unrolled(channels, (r) => `let d${r} = user_dy[o${r} + source];`)}
      ${unrolled(channelsOfX, (c) => load(window, `x${c}_`, `at + ${c} * p.user_hx * p.user_wx`))}
      ${unrolled(channelsOfX, (c) => unrolled(columns, (j) => column(c, j)))}
      source += 1;
      at += ${stride};
    }
  }
  let to = (((part * p.user_inputs + c) * p.user_kh + i) * ${columns}) * p.user_width + o;
  ${each(
    (c, j, o) =>
      `if (c + ${c} < p.user_inputs && o + ${o} < p.user_width) {
        result[to + (${c} * p.user_kh * ${columns} + ${j}) * p.user_width + ${o}] = s${c}_${j}_${o};
      }`,
  )}
}`;
}

/** The sums of all parts, from `[part, term, o]` to `[o, term]`. */
export const sumOfParts: Program = native('conv2dWeightGrad sum', ['x'], ['terms', 'width', 'size', 'parts'], (g) => {
  const [terms, width, size, parts] = ['terms', 'width', 'size', 'parts'].map((name) => g.argument(name));
  const body = `${g.declare('int', 'o', `i / ${terms}`)} ${g.declare('int', 'at', `(i - o * ${terms}) * ${width} + o`)}
    ${g.declare('float', 'sum', '0.0')} ${g.loop('part', 0, parts, `sum += atx(part * ${size} + at);`)} return sum;`;
  return [element(g, 'x'), { name: 'one', returns: 'float', parameters: [['i', 'int']], body }, lanes(g, 'texel', 'one')];
});
