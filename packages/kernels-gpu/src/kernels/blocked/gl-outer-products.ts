import type { Program } from '../../kernel-source.ts';
import { glsl } from '../../language/glsl.ts';
import { lane, unrolled } from './entry-program.ts';
import { type Line, texelsUnder, underTap } from './gl-line.ts';
import { beginSums, endSums, sheetProgram } from './sheet-program.ts';

/** Channels of x and of dy whose products a thread sums, for every tap of a line. */
export type Block = readonly [inputs: number, outputs: number];

/** Products of texels of x and dy, summed over some lines of the images: a layer for each channel of x, tap, and four channels of dy. */
export function outerProducts(line: Line, [inputs, outputs]: Block): Program {
  const under = texelsUnder(line, 1);
  const load = (c: number, u: number) => `vec4 x${c}_${u} = texture(user_x, vec2((x + ${c}.0 * width + ${u}.0) * px.x, rowOfX));`;
  const loadDy = (o: number) => `vec4 d${o} = texture(user_dy, vec2((d + ${o}.0 * texels) * pd.x, rowOfDy));`;
  // Four inner products at once: assignments to variables cost as much as fetches.
  const add = (c: number, k: number, q: number) =>
    `s${((c * line.taps + k) * outputs) / 4 + q} += vec4(${lane.map((_, o) => `dot(p${c}_${k}, d${q * 4 + o})`).join(', ')});`;
  const addTap = (c: number, k: number) =>
    `vec4 p${c}_${k} = ${underTap(line, `x${c}_`, 0, k)}; ${unrolled(outputs / 4, (q) => add(c, k, q))}`;
  const layers = (inputs * line.taps * outputs) / 4;
  return sheetProgram(`outer products ${[line.taps, line.stride, line.dilation, inputs, outputs].join(' ')}`, () => ({
    buffers: ['x', 'dy'],
    ints: [
      ...['channels', 'width', 'height', 'across', 'outputs', 'texels', 'rows'],
      ...['perPart', 'lines', 'blocks', 'taps', 'stride', 'dilation'],
    ],
    layers,
    body: `
  vec2 px = 1.0 / vec2(textureSize(user_x, 0));
  vec2 pd = 1.0 / vec2(textureSize(user_dy, 0));
  float width = float(user_width);
  float texels = float(user_texels);
  float o = floor(gl_FragCoord.x) * ${outputs}.0;
  float place = floor(gl_FragCoord.y / float(user_blocks));
  float c = floor(gl_FragCoord.y - place * float(user_blocks)) * ${inputs}.0;
  float part = floor((place + 0.5) / float(user_taps));
  float tap = place - part * float(user_taps);
  int first = int(part) * user_perPart;
  int last = min(first + user_perPart, user_lines);
  ${beginSums(layers)}
  for (int i = first; i < last; i++) {
    float image = floor((float(i) + 0.5) / float(user_rows));
    float y = float(i) - image * float(user_rows);
    float below = floor((image + 0.5) / float(user_across));
    float beside = image - below * float(user_across);
    float rowOfX = (below * float(user_height) + y * float(user_stride) + tap * float(user_dilation) + 0.5) * px.y;
    float rowOfDy = (below * float(user_rows) + y + 0.5) * pd.y;
    float x = (beside * float(user_channels) + c) * width + 0.5;
    float d = (beside * float(user_outputs) + o) * texels + 0.5;
    for (int t = 0; t < user_texels; t++) {
      ${unrolled(inputs, (c) => unrolled(under, (u) => load(c, u)))}
      ${unrolled(outputs, loadDy)}
      ${unrolled(inputs, (c) => unrolled(line.taps, (k) => addTap(c, k)))}
      x += ${line.stride}.0;
      d += 1.0;
    }
  }
  ${endSums(layers)}`,
  }));
}

/** The sums of {@link outerProducts}, added up, as a weight. */
export function sumOfParts([inputs, outputs]: Block): Program {
  return sheetProgram(`sum of parts ${inputs} ${outputs}`, () => ({
    buffers: ['x'],
    layered: ['x'],
    ints: ['columns', 'rows', 'inputs', 'blocks', 'parts'],
    body: `
  vec4 v = vec4(0.0);
  for (int l = 0; l < 4; l++) {
    int i = ${glsl.thread} * 4 + l;
    int line = i / user_columns;
    int plane = line / user_rows;
    int o = plane / user_inputs;
    int c = plane - o * user_inputs;
    int row = (line - plane * user_rows) * user_blocks + c / ${inputs};
    int layer = (c % ${inputs} * user_columns + i - line * user_columns) * ${outputs / 4} + o % ${outputs} / 4;
    // By sixteens: one long sum would lose more digits.
    for (int part = 0; part < user_parts; part += 16) {
      float sum = 0.0;
      for (int p = part; p < min(part + 16, user_parts); p++) {
        sum += texelFetch(user_x, ivec3(o / ${outputs}, p * user_rows * user_blocks + row, layer), 0)[o & 3];
      }
      v[l] += sum;
    }
  }
  return v;`,
  }));
}
