import type { AvgPool2dAttrs, Pool2dAttrs, Shape } from '@dl/kernels';
import type { Native, Program } from '../kernel-source.ts';
import type { Language } from '../language/language.ts';
import type { Kernel } from '../machine.ts';
import { native } from './native-program.ts';
import { element, lanes, nanTest } from './natives.ts';
import { RowWindow } from './row-window.ts';
import { coordinates, covering, windowInts, windowNames } from './windows.ts';

/** Windows with more columns are not unrolled. */
const unrolled = 8;

export const maxPool2dIndices: Kernel<'maxPool2dIndices'> = (machine, [x], attrs, out) => {
  const program = isWhole(x.shape, out.shape, attrs) ? greatestOfRows(attrs) : greatest;
  machine.launch(program, [x], out, { ints: windowInts(x.shape, out.shape, attrs), floats: [Number.NEGATIVE_INFINITY] });
};

export const avgPool2d: Kernel<'avgPool2d'> = (machine, [x], attrs, out) => {
  const program = isWhole(x.shape, out.shape, attrs) ? averageOfRows(attrs) : average;
  machine.launch(program, [x], out, { ints: [...windowInts(x.shape, out.shape, attrs), ...counted(x.shape, attrs)] });
};

export const avgPool2dGrad: Kernel<'avgPool2dGrad'> = (machine, [dy], attrs, out) => {
  machine.launch(spread, [dy], out, { ints: [...windowInts(out.shape, dy.shape, attrs), ...counted(out.shape, attrs)] });
};

/** Whether a texel of the result is one of a row, and rows of the image are whole texels. */
function isWhole(image: Shape, out: Shape, { kernelSize }: Pool2dAttrs): boolean {
  return image[3] % 4 === 0 && out[3] % 4 === 0 && kernelSize[1] <= unrolled;
}

/** Where pixels that count begin and end, along height and width. */
function counted([, , height, width]: Shape, { padding, countIncludePad }: AvgPool2dAttrs): number[] {
  const [ph, pw] = countIncludePad ? padding : [0, 0];
  return [-ph, height + ph, -pw, width + pw];
}

const averageNames = [...windowNames, 'fromh', 'toh', 'fromw', 'tow'];

/** The window of the element at `place` begins at row `top` and column `left` of the plane that begins at `start`. */
function window(g: Language, place: string): string {
  return `${coordinates(g, place, 'oh', 'ow')}
    ${g.declare('int', 'top', `row * ${g.argument('sh')} - ${g.argument('ph')}`)}
    ${g.declare('int', 'left', `column * ${g.argument('sw')} - ${g.argument('pw')}`)}
    ${g.declare('int', 'start', `plane * ${g.argument('h')} * ${g.argument('w')}`)}`;
}

/** Runs `body` for each row `y` of the window that is in the image. */
function eachRow(g: Language, body: string): string {
  return g.loop(
    'ky',
    0,
    g.argument('kh'),
    `${g.declare('int', 'y', `top + ky * ${g.argument('dh')}`)} if (y >= 0 && y < ${g.argument('h')}) { ${body} }`,
  );
}

/** As {@link eachRow}, for each pixel `y`, `x`. */
function eachPixel(g: Language, body: string): string {
  const inside = `${g.declare('int', 'x', `left + kx * ${g.argument('dw')}`)} if (x >= 0 && x < ${g.argument('w')}) { ${body} }`;
  return eachRow(g, g.loop('kx', 0, g.argument('kw'), inside));
}

/** `inside(first, dilation)`: the first row or column of a window that is in the image. */
const insideTest: Native = {
  name: 'inside',
  returns: 'int',
  parameters: [
    ['first', 'int'],
    ['dilation', 'int'],
  ],
  body: 'if (first >= 0) { return first; } return first + (dilation - 1 - first) / dilation * dilation;',
};

/** `counts(first, kernel, dilation, low, high)`: the pixels of a window along one axis that are at least `low` and below `high`. */
function counts(g: Language): Native {
  return {
    name: 'counts',
    returns: 'int',
    parameters: [
      ['first', 'int'],
      ['kernel', 'int'],
      ['dilation', 'int'],
      ['low', 'int'],
      ['high', 'int'],
    ],
    body: `${g.declare('int', 'before', 'max(low - first + dilation - 1, 0) / dilation')}
      return min(kernel, (high - first + dilation - 1) / dilation) - before;`,
  };
}

function countOf(g: Language, axis: 'h' | 'w', first: string): string {
  return `counts(${first}, ${g.argument(`k${axis}`)}, ${g.argument(`d${axis}`)}, ${g.argument(`from${axis}`)}, ${g.argument(`to${axis}`)})`;
}

// The first pixel is the maximum so far even where it is -∞, which what lies outside of the image is taken for.
const greatest: Program = native(
  'maxPool2d',
  ['x'],
  windowNames,
  (g) => {
    const body = `${window(g, 'i')}
      ${g.declare('int', 'best', `inside(top, ${g.argument('dh')}) * ${g.argument('w')} + inside(left, ${g.argument('dw')})`)}
      ${g.declare('float', 'most', g.argument('least'))}
      ${eachPixel(
        g,
        `${g.declare('int', 'at', `y * ${g.argument('w')} + x`)} ${g.declare('float', 'v', 'atx(start + at)')}
        if (beats(v, most) > 0.5) { most = v; best = at; }`,
      )}
      return float(best);`;
    const one = { name: 'one', returns: 'float', parameters: [['i', 'int']], body } as const;
    return [element(g, 'x'), ...comparison(g), insideTest, one, lanes(g, 'texel', 'one')];
  },
  ['least'],
);

function comparison(g: Language): Native[] {
  const body = `if (isNan(most) > 0.5) { return 0.0; } if (isNan(v) > 0.5) { return 1.0; } return ${g.choose('v > most', '1.0', '0.0')};`;
  const parameters = [
    ['v', 'float'],
    ['most', 'float'],
  ] as const;
  return [nanTest(g), { name: 'beats', returns: 'float', parameters, body }];
}

function rowsOf({ kernelSize, stride, dilation, padding }: Pool2dAttrs): { key: string; taps: number; columns: RowWindow } {
  const numbers = [kernelSize[1], stride[1], dilation[1], padding[1]] as const;
  const [taps, step, apart, before] = numbers;
  return { key: numbers.join(' '), taps, columns: RowWindow.of(0, taps, step, apart, -before) };
}

/** Declares the texels of row `y` that four windows need. */
function loadRow(g: Language, columns: RowWindow, step: number, nothing?: string): string {
  return `${g.declare('int', 'near', `(column >> 2) * ${step}`)} ${g.declare('int', 'across', `${g.argument('w')} >> 2`)}
    ${g.declare('int', 'line', `(start >> 2) + y * across`)}
    ${columns.load(g, 'x', 'line', 'near', 'across', nothing)}`;
}

function greatestOfRows(attrs: Pool2dAttrs): Program {
  const { key, taps, columns } = rowsOf(attrs);
  const [step, apart] = [attrs.stride[1], attrs.dilation[1]];
  const all = [0, 1, 2, 3];
  return native(
    `maxPool2d ${key}`,
    ['x'],
    windowNames,
    (g) => {
      const first = (l: number) => `inside(top, ${g.argument('dh')}) * ${g.argument('w')} + inside(left + ${l * step}, ${apart})`;
      const least = g.argument('least');
      const compare = (t: number, l: number) =>
        `if (beats(${columns.element(t, l)}, most[${l}]) > 0.5) { most[${l}] = ${columns.element(t, l)}; b${l} = corner + ${l * step + t * apart}; }`;
      const body = `${window(g, `${g.thread} * 4`)} ${all.map((l) => g.declare('int', `b${l}`, first(l))).join(' ')}
        ${g.declare('vec4', 'most', `vec4(${all.map(() => least).join(', ')})`)}
        ${eachRow(
          g,
          `${loadRow(g, columns, step, `vec4(${all.map(() => least).join(', ')})`)}
          ${g.declare('int', 'corner', `y * ${g.argument('w')} + left`)}
          ${Array.from({ length: taps }, (_, t) => all.map((l) => compare(t, l)).join(' ')).join('\n')}`,
        )}
        return vec4(${all.map((l) => `float(b${l})`).join(', ')});`;
      return [...comparison(g), insideTest, { name: 'texel', returns: 'vec4', parameters: [], body }];
    },
    ['least'],
  );
}

const average: Program = native('avgPool2d', ['x'], averageNames, (g) => {
  const body = `${window(g, 'i')} ${g.declare('float', 'r', '0.0')}
    ${eachPixel(g, `r += atx(start + y * ${g.argument('w')} + x);`)}
    return r / float(${countOf(g, 'h', 'top')} * ${countOf(g, 'w', 'left')});`;
  const one = { name: 'one', returns: 'float', parameters: [['i', 'int']], body } as const;
  return [element(g, 'x'), counts(g), one, lanes(g, 'texel', 'one')];
});

function averageOfRows(attrs: Pool2dAttrs): Program {
  const { key, taps, columns } = rowsOf(attrs);
  const step = attrs.stride[1];
  return native(`avgPool2d ${key}`, ['x'], averageNames, (g) => {
    const widths = [0, 1, 2, 3].map((l) => `float(${countOf(g, 'w', `left + ${l * step}`)})`);
    const body = `${window(g, `${g.thread} * 4`)} ${g.declare('vec4', 'r', 'vec4(0.0, 0.0, 0.0, 0.0)')}
      ${eachRow(g, `${loadRow(g, columns, step)} ${Array.from({ length: taps }, (_, t) => `r += ${columns.lanes(t)};`).join(' ')}`)}
      return r / (float(${countOf(g, 'h', 'top')}) * vec4(${widths.join(', ')}));`;
    return [counts(g), { name: 'texel', returns: 'vec4', parameters: [], body }];
  });
}

const spread: Program = native('avgPool2dGrad', ['dy'], averageNames, (g) => {
  const size = (axis: 'h' | 'w', at: string) => countOf(g, axis, `${at} * ${g.argument(`s${axis}`)} - ${g.argument(`p${axis}`)}`);
  const body = `${coordinates(g, 'i', 'h', 'w')} ${g.declare('float', 'r', '0.0')}
    ${covering(
      g,
      `${g.declare('int', 'rows', size('h', 'oy'))}`,
      `r += atdy((plane * ${g.argument('oh')} + oy) * ${g.argument('ow')} + ox) / float(rows * ${size('w', 'ox')});`,
    )}
    return r;`;
  const one = { name: 'one', returns: 'float', parameters: [['i', 'int']], body } as const;
  return [element(g, 'dy'), counts(g), one, lanes(g, 'texel', 'one')];
});
