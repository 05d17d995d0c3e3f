import type { Pair } from '@dl/kernels';
import type { Native, Program } from '../../kernel-source.ts';
import { glsl } from '../../language/glsl.ts';
import { lane, unrolled } from './entry-program.ts';
import { addRows, beginSums, endSums, sheetProgram } from './sheet-program.ts';

/** Pixels that a thread computes: rows and columns, eight in all, which are powers of two. */
export type Tile = Pair;

/** Coordinates of sheets are small enough for floats, which divide faster than integers. */
const quotient: Native = {
  name: 'quotient',
  returns: 'int',
  parameters: [
    ['a', 'int'],
    ['b', 'int'],
  ],
  body: 'return int((float(a) + 0.5) / float(b));',
};

/** Which pixel of which image a texel of a frame belongs to, and its first channel. */
const placeInFrame = `
  ivec2 at = ivec2(gl_FragCoord.xy);
  int pixel = quotient(at.x, user_texels);
  int c = (at.x - pixel * user_texels) * 4;
  int beside = quotient(pixel, user_width);
  int below = quotient(at.y, user_height);
  int image = below * user_across + beside;
  ivec2 from = ivec2(pixel - beside * user_width, at.y - below * user_height)`;

/** Where the texels of a frame come from. */
const frameInts = ['texels', 'width', 'height', 'across', 'inputs', 'rows', 'columns', 'top', 'left'];

/** Images with channels last, `step - 1` zeros between neighbours and zeros around. */
export const frame: Program = sheetProgram('frame', () => ({
  buffers: ['x'],
  ints: [...frameInts, 'down', 'along'],
  elementsOf: ['x'],
  functions: [quotient],
  body: `${placeInFrame} - ivec2(user_left, user_top);
  if (from.x < 0 || from.y < 0) { return vec4(0.0); }
  ivec2 own = ivec2(quotient(from.x, user_along), quotient(from.y, user_down));
  bool isZero = own.x * user_along != from.x || own.y * user_down != from.y;
  if (isZero || own.x >= user_columns || own.y >= user_rows) { return vec4(0.0); }
  int plane = user_rows * user_columns;
  int i = (image * user_inputs + c) * plane + own.y * user_columns + own.x;
  vec4 v = vec4(0.0);
  ${unrolled(4, (l) => `if (c + ${l} < user_inputs) { v.${lane[l]} = atx(i + ${l} * plane); }`)}
  return v;`,
}));

/** What lies under the window at each pixel of the result, as the channels of a frame: few channels and many taps. */
export const windows: Program = sheetProgram('windows', () => ({
  buffers: ['x'],
  ints: [...frameInts, 'down', 'along', 'kernelRows', 'kernelColumns', 'dilationDown', 'dilationAlong'],
  elementsOf: ['x'],
  functions: [quotient],
  body: `${placeInFrame} * ivec2(user_along, user_down) - ivec2(user_left, user_top);
  int area = user_kernelRows * user_kernelColumns;
  vec4 v = vec4(0.0);
  for (int l = 0; l < 4; l++) {
    int channel = quotient(c + l, area);
    int tap = c + l - channel * area;
    int row = quotient(tap, user_kernelColumns);
    ivec2 own = from + ivec2(tap - row * user_kernelColumns, row) * ivec2(user_dilationAlong, user_dilationDown);
    bool isInside = own.x >= 0 && own.y >= 0 && own.x < user_columns && own.y < user_rows && channel < user_inputs;
    if (isInside) { v[l] = atx(((image * user_inputs + channel) * user_rows + own.y) * user_columns + own.x); }
  }
  return v;`,
}));

/** A weight: a row for each tap and channel of the image, a column for each channel of the result. */
export const taps: Program = sheetProgram('taps', () => ({
  buffers: ['w'],
  ints: ['padded', 'inputs', 'outputs', 'start', 'tapStride', 'inputStride', 'outputStride'],
  elementsOf: ['w'],
  functions: [quotient],
  body: `
  ivec2 at = ivec2(gl_FragCoord.xy);
  int tap = quotient(at.y, user_padded);
  int c = at.y - tap * user_padded;
  int o = at.x * 4;
  if (c >= user_inputs) { return vec4(0.0); }
  int i = user_start + tap * user_tapStride + c * user_inputStride + o * user_outputStride;
  vec4 v = vec4(0.0);
  ${unrolled(4, (l) => `if (o + ${l} < user_outputs) { v.${lane[l]} = atw(i + ${l} * user_outputStride); }`)}
  return v;`,
}));

/**
 * A tile of pixels in four channels a thread, a layer for each pixel. Pixels of a row share what their windows have in common: three
 * taps on eight pixels take 22 fetches for 384 multiplications.
 */
export function correlation(kernelColumns: number, stride: number, dilation: number, [rows, columns]: Tile): Program {
  const reach = (c: number, k: number) => c * stride + k * dilation;
  const offsets = new Set(Array.from({ length: columns * kernelColumns }, (_, i) => reach(i % columns, Math.floor(i / columns))));
  const load = (r: number) => (offset: number) =>
    `vec4 v${r}_${offset} = texture(user_x, vec2((x + ${offset}.0 * texels) * px.x, (y + ${r}.0 * stride) * px.y));`;
  const tap = (k: number) => `
      ${unrolled(4, (j) => `vec4 w${k}_${j} = texture(user_w, vec2(column, (row + ${k * 4}.0 * texels + ${j}.0) * pw.y));`)}
      ${unrolled(rows, (r) => unrolled(columns, (c) => addRows(`s${r * columns + c}`, `v${r}_${reach(c, k)}`, `w${k}_`)))}`;
  return sheetProgram(`correlation ${[kernelColumns, stride, dilation, rows, columns].join(' ')}`, () => ({
    buffers: ['x', 'w'],
    ints: ['texels', 'width', 'height', 'columns', 'rows', 'outputs', 'kernelRows', 'stride', 'dilation'],
    layers: 8,
    body: `
  vec2 px = 1.0 / vec2(textureSize(user_x, 0));
  vec2 pw = 1.0 / vec2(textureSize(user_w, 0));
  float texels = float(user_texels);
  float stride = float(user_stride);
  float pixel = floor(gl_FragCoord.x / float(user_outputs));
  float column = (gl_FragCoord.x - pixel * float(user_outputs)) * pw.x;
  float beside = floor((pixel + 0.5) / float(user_columns));
  float below = floor(gl_FragCoord.y / float(user_rows));
  float left = (beside * float(user_width) + (pixel - beside * float(user_columns)) * ${columns * stride}.0) * texels + 0.5;
  float top = below * float(user_height) + (gl_FragCoord.y - 0.5 - below * float(user_rows)) * ${rows}.0 * stride + 0.5;
  ${beginSums}
  for (int i = 0; i < user_kernelRows; i++) {
    float y = top + float(i * user_dilation);
    float x = left;
    float row = float(i * ${kernelColumns * 4} * user_texels) + 0.5;
    for (int c = 0; c < user_texels; c++) {
      ${unrolled(rows, (r) => Array.from(offsets, load(r)).join(' '))}
      ${unrolled(kernelColumns, tap)}
      x += 1.0;
      row += 4.0;
    }
  }
  ${endSums}`,
  }));
}

const collectInts = ['columns', 'rows', 'outputs', 'across', 'blockColumns', 'blockRows', 'texels'];

/** The tiles of {@link correlation} as planes. */
export function collect([rows, columns]: Tile, isTexels: boolean): Program {
  const where = `
    int line = i / user_columns;
    int x = i - line * user_columns;
    int plane = line / user_rows;
    int y = line - plane * user_rows;
    int image = plane / user_outputs;
    int o = plane - image * user_outputs;
    int below = image / user_across;
    ivec2 block = ivec2((image - below * user_across) * user_blockColumns + x / ${columns}, below * user_blockRows + y / ${rows});
    ivec3 at = ivec3(block.x * user_texels + (o >> 2), block.y, y % ${rows} * ${columns} + x % ${columns});`;
  const texel = unrolled(4, (l) => `v.${lane[l]} = texelFetch(user_x, at + ivec3(0, 0, ${l}), 0)[o & 3];`);
  return sheetProgram(`collect ${rows} ${columns} ${isTexels ? 'texels' : 'elements'}`, () => ({
    buffers: ['x'],
    layered: ['x'],
    ints: collectInts,
    body: isTexels
      ? `vec4 v; int i = ${glsl.thread} * 4; ${where} ${texel} return v;`
      : `vec4 v; for (int l = 0; l < 4; l++) { int i = ${glsl.thread} * 4 + l; ${where} v[l] = texelFetch(user_x, at, 0)[o & 3]; } return v;`,
  }));
}

/** Four pixels of channel `j` of x, with those of dy. */
function products(j: number, d: string): string {
  return Array.from({ length: 4 }, (_, q) => `a${q}.${lane[j]} * ${d}${q}`).join(' + ');
}

/** Products of four channels of x with eight of dy under one tap, summed over some lines of the images, whose columns are a multiple of four. */
export const outerProducts: Program = sheetProgram('outer products', () => ({
  buffers: ['x', 'dy'],
  ints: [
    ...['texels', 'width', 'height', 'across', 'pairs', 'rows', 'columns', 'perPart', 'lines'],
    ...['kernelColumns', 'strideDown', 'strideAlong', 'dilationDown', 'dilationAlong'],
  ],
  layers: 8,
  body: `
  vec2 px = 1.0 / vec2(textureSize(user_x, 0));
  vec2 pd = 1.0 / vec2(textureSize(user_dy, 0));
  float texels = float(user_texels);
  float tap = floor(gl_FragCoord.x / float(user_pairs));
  float o = floor(gl_FragCoord.x - tap * float(user_pairs)) * 2.0;
  float tapRow = floor((tap + 0.5) / float(user_kernelColumns));
  float tapColumn = tap - tapRow * float(user_kernelColumns);
  float part = floor(gl_FragCoord.y / texels);
  float c = floor(gl_FragCoord.y - part * texels);
  int first = int(part) * user_perPart;
  int last = min(first + user_perPart, user_lines);
  float along = float(user_strideAlong) * texels;
  float pixel = float(user_pairs) * 2.0;
  ${beginSums}
  for (int line = first; line < last; line++) {
    float image = floor((float(line) + 0.5) / float(user_rows));
    float y = float(line) - image * float(user_rows);
    float below = floor((image + 0.5) / float(user_across));
    float beside = image - below * float(user_across);
    float vx = (below * float(user_height) + y * float(user_strideDown) + tapRow * float(user_dilationDown) + 0.5) * px.y;
    float vd = (below * float(user_rows) + y + 0.5) * pd.y;
    float ux = (beside * float(user_width) + tapColumn * float(user_dilationAlong)) * texels + c + 0.5;
    float ud = beside * float(user_columns) * pixel + o + 0.5;
    for (int x = 0; x < user_columns; x += 4) {
      ${unrolled(4, (q) => `vec4 a${q} = texture(user_x, vec2((ux + ${q}.0 * along) * px.x, vx));`)}
      ${unrolled(4, (q) => `vec4 d${q} = texture(user_dy, vec2((ud + ${q}.0 * pixel) * pd.x, vd));`)}
      ${unrolled(4, (q) => `vec4 e${q} = texture(user_dy, vec2((ud + ${q}.0 * pixel + 1.0) * pd.x, vd));`)}
      ${unrolled(4, (j) => `s${j * 2} += ${products(j, 'd')}; s${j * 2 + 1} += ${products(j, 'e')};`)}
      ux += 4.0 * along;
      ud += 4.0 * pixel;
    }
  }
  ${endSums}`,
}));

/** The sums of {@link outerProducts}, added up, as a weight. */
export const sumOfParts: Program = sheetProgram('sum of parts', () => ({
  buffers: ['x'],
  layered: ['x'],
  ints: ['taps', 'inputs', 'texels', 'pairs', 'parts'],
  body: `
  vec4 v = vec4(0.0);
  for (int l = 0; l < 4; l++) {
    int i = ${glsl.thread} * 4 + l;
    int channel = i / user_taps;
    int tap = i - channel * user_taps;
    int o = channel / user_inputs;
    int c = channel - o * user_inputs;
    ivec3 at = ivec3(tap * user_pairs + (o >> 3), c >> 2, (c & 3) * 2 + ((o >> 2) & 1));
    // By sixteens: one long sum would lose more digits.
    for (int part = 0; part < user_parts; part += 16) {
      float sum = 0.0;
      for (int p = part; p < min(part + 16, user_parts); p++) {
        sum += texelFetch(user_x, at + ivec3(0, p * user_texels, 0), 0)[o & 3];
      }
      v[l] += sum;
    }
  }
  return v;`,
}));
