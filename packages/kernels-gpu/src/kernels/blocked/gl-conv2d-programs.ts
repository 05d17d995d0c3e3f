import type { Native, Program } from '../../kernel-source.ts';
import { glsl } from '../../language/glsl.ts';
import { lane, unrolled } from './entry-program.ts';
import { type Line, texelsUnder, underTap } from './gl-line.ts';
import { beginSums, endSums, sheetProgram } from './sheet-program.ts';

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

/** How {@link frame} finds pixels: whole texels, any four neighbours, or neighbours with zeros between them. */
export type Access = 'texels' | 'neighbours' | 'spread';

const pixels: { readonly [A in Access]: string } = {
  texels: `return x < 0 || x >= user_columns ? vec4(0.0) : ${glsl.texel('x', '(line + x) >> 2')};`,
  neighbours: `
  int i = line + x;
  vec4 a = ${glsl.texel('x', 'i >> 2')};
  vec4 b = ${glsl.texel('x', '(i >> 2) + 1')};
  int s = i & 3;
  vec4 v = s == 0 ? a : s == 1 ? vec4(a.yzw, b.x) : s == 2 ? vec4(a.zw, b.xy) : vec4(a.w, b.xyz);
  ivec4 at4 = x + ivec4(0, 1, 2, 3);
  v = mix(vec4(0.0), v, lessThan(at4, ivec4(user_columns)));
  return mix(vec4(0.0), v, greaterThanEqual(at4, ivec4(0)));`,
  spread: `
  vec4 v = vec4(0.0);
  for (int l = 0; l < 4; l++) {
    int own = quotient(x + l, user_along);
    if (x + l >= 0 && own * user_along == x + l && own < user_columns) { v[l] = atx(line + own); }
  }
  return v;`,
};

/** Planes side by side, channel after channel, images one below the other, `step - 1` zeros between pixels and zeros around. */
export function frame(access: Access): Program {
  return sheetProgram(`frame ${access}`, () => ({
    buffers: ['x'],
    ints: ['width', 'height', 'across', 'channels', 'rows', 'columns', 'top', 'left', 'down', 'along'],
    elementsOf: ['x'],
    functions: [quotient],
    body: `
  ivec2 at = ivec2(gl_FragCoord.xy);
  int plane = quotient(at.x, user_width);
  int beside = quotient(plane, user_channels);
  int below = quotient(at.y, user_height);
  int spread = at.y - below * user_height - user_top;
  int y = quotient(spread, user_down);
  if (spread < 0 || y * user_down != spread || y >= user_rows) { return vec4(0.0); }
  int x = (at.x - plane * user_width) * 4 - user_left;
  int image = below * user_across + beside;
  int line = ((image * user_channels + plane - beside * user_channels) * user_rows + y) * user_columns;
  ${pixels[access]}`,
  }));
}

/** A weight, in the order in which {@link correlation} walks: a row for four channels of the result and each line of taps. */
export const taps: Program = sheetProgram('taps', () => ({
  buffers: ['w'],
  ints: ['rows', 'columns', 'outputs', 'start', 'rowStride', 'columnStride', 'inputStride', 'outputStride'],
  elementsOf: ['w'],
  functions: [quotient],
  body: `
  ivec2 at = ivec2(gl_FragCoord.xy);
  int four = quotient(at.y, user_rows);
  int row = at.y - four * user_rows;
  int c = quotient(at.x, user_columns);
  int column = at.x - c * user_columns;
  int i = user_start + row * user_rowStride + column * user_columnStride + c * user_inputStride;
  vec4 v = vec4(0.0);
  for (int l = 0; l < 4; l++) {
    int o = four * 4 + l;
    if (o < user_outputs) { v[l] = atw(i + o * user_outputStride); }
  }
  return v;`,
}));

/** Rows and texels of pixels that a thread computes: two texels in all. */
export type Tile = readonly [rows: number, texels: number];

/**
 * Two texels of pixels in four channels a thread, a layer for each texel and channel. Neighbouring pixels share what their taps have in
 * common: three taps of eight pixels take six fetches for 96 multiplications.
 */
export function correlation(line: Line, [rows, texels]: Tile, channels: number): Program {
  const under = texelsUnder(line, texels);
  const load = (c: number, r: number, t: number) =>
    `vec4 x${c}_${r}_${t} = texture(user_x, vec2((x + ${c}.0 * width + ${t}.0) * px.x, (y + ${r}.0 * stride) * px.y));`;
  const tap = (c: number, k: number) => `
      vec4 w${c}_${k} = texture(user_w, vec2((tap + ${c * line.taps + k}.0) * pw.x, row));
      ${unrolled(rows, (r) => unrolled(texels, (t) => `vec4 p${c}_${k}_${r}_${t} = ${underTap(line, `x${c}_${r}_`, t, k)};`))}`;
  const terms = Array.from({ length: channels * line.taps }, (_, i) => `${Math.floor(i / line.taps)}_${i % line.taps}`);
  const add = (r: number, t: number, o: number) =>
    `s${(r * texels + t) * 4 + o} += ${terms.map((term) => `w${term}.${lane[o]} * p${term}_${r}_${t}`).join(' + ')};`;
  return sheetProgram(`correlation ${[line.taps, line.stride, line.dilation, rows, texels, channels].join(' ')}`, () => ({
    buffers: ['x', 'w'],
    ints: ['channels', 'width', 'height', 'columns', 'rows', 'outputs', 'lines', 'stride', 'dilation'],
    layers: 8,
    body: `
  vec2 px = 1.0 / vec2(textureSize(user_x, 0));
  vec2 pw = 1.0 / vec2(textureSize(user_w, 0));
  float stride = float(user_stride);
  float width = float(user_width);
  float plane = floor(gl_FragCoord.x / float(user_columns));
  float beside = floor((plane + 0.5) / float(user_outputs));
  float below = floor(gl_FragCoord.y / float(user_rows));
  float left = beside * float(user_channels) * width
    + (gl_FragCoord.x - 0.5 - plane * float(user_columns)) * ${texels * line.stride}.0 + 0.5;
  float top = below * float(user_height) + (gl_FragCoord.y - 0.5 - below * float(user_rows)) * ${rows}.0 * stride + 0.5;
  float four = (plane - beside * float(user_outputs)) * float(user_lines) + 0.5;
  ${beginSums(8)}
  for (int i = 0; i < user_lines; i++) {
    float y = top + float(i * user_dilation);
    float x = left;
    float row = (four + float(i)) * pw.y;
    float tap = 0.5;
    for (int c = 0; c < user_channels; c += ${channels}) {
      ${unrolled(channels, (c) => unrolled(rows, (r) => unrolled(under, (t) => load(c, r, t))))}
      ${unrolled(channels, (c) => unrolled(line.taps, (k) => tap(c, k)))}
      ${unrolled(rows, (r) => unrolled(texels, (t) => unrolled(4, (o) => add(r, t, o))))}
      x += ${channels}.0 * width;
      tap += ${channels * line.taps}.0;
    }
  }
  ${endSums(8)}`,
  }));
}

/** The tiles of {@link correlation} as planes. */
export function collect([rows, texels]: Tile, isTexels: boolean): Program {
  const start = `
  int i = ${glsl.thread} * 4;
  int line = i / user_columns;
  int x = i - line * user_columns;
  int plane = line / user_rows;
  int y = line - plane * user_rows;
  int image = plane / user_outputs;
  int o = plane - image * user_outputs;`;
  const at = `
    int below = quotient(image, user_across);
    int column = ((image - below * user_across) * user_texels + (o >> 2)) * user_blockColumns + (x >> 2) / ${texels};
    ivec3 at = ivec3(column, below * user_blockRows + y / ${rows}, (y % ${rows} * ${texels} + (x >> 2) % ${texels}) * 4 + (o & 3));`;
  const next = `
    x += 1;
    if (x == user_columns) { x = 0; y += 1; }
    if (y == user_rows) { y = 0; o += 1; }
    if (o == user_outputs) { o = 0; image += 1; }`;
  return sheetProgram(`collect ${rows} ${texels} ${isTexels ? 'texels' : 'elements'}`, () => ({
    buffers: ['x'],
    layered: ['x'],
    ints: ['columns', 'rows', 'outputs', 'across', 'blockColumns', 'blockRows', 'texels'],
    functions: [quotient],
    body: isTexels
      ? `${start} ${at} return texelFetch(user_x, at, 0);`
      : `${start} vec4 v; for (int l = 0; l < 4; l++) { ${at} v[l] = texelFetch(user_x, at, 0)[x & 3]; ${next} } return v;`,
  }));
}
