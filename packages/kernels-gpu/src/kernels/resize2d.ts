import type { Resize2dAttrs } from '@dl/kernels';
import type { Native, Program } from '../kernel-source.ts';
import type { Language } from '../language/language.ts';
import type { Kernel } from '../machine.ts';
import { native } from './native-program.ts';
import { element, lanes } from './natives.ts';
import { coordinates } from './windows.ts';

export const resize2d: Kernel<'resize2d'> = (machine, [x], attrs, out) => {
  machine.launch(attrs.mode === 'nearest' ? nearest : bilinear, [x], out, { ints: scales(x.shape, out.shape, attrs) });
};

export const resize2dGrad: Kernel<'resize2dGrad'> = (machine, [dy], attrs, out) => {
  machine.launch(gradients[attrs.mode], [dy], out, { ints: scales(out.shape, dy.shape, attrs) });
};

const names = ['h', 'w', 'oh', 'ow', 'mulh', 'addh', 'divh', 'mulw', 'addw', 'divw'];

function scales(image: readonly number[], out: readonly number[], attrs: Resize2dAttrs): number[] {
  return [image[2], image[3], out[2], out[3], ...scale(image[2], out[2], attrs), ...scale(image[3], out[3], attrs)];
}

/** Element `o` of the result lies at `(o * mul + add) / div` of the image, or at 0 where that is negative: integers, so that no rounding moves it. */
function scale(
  extent: number,
  outExtent: number,
  { mode, alignCorners }: Resize2dAttrs,
): [mul: number, add: number, div: number] {
  if (mode === 'nearest') return [extent, 0, outExtent];
  if (alignCorners) return [extent - 1, 0, Math.max(outExtent - 1, 1)];
  return [2 * extent, extent - outExtent, 2 * outExtent];
}

/** Declares the place of `index` along an axis: `low`, the pixel before it, and `rest`, how far it lies behind that. */
function locate(g: Language, axis: 'h' | 'w', index: string): string {
  const [mul, add, div] = ['mul', 'add', 'div'].map((name) => g.argument(`${name}${axis}`));
  return `${g.declare('int', `at${axis}`, `max(${index} * ${mul} + ${add}, 0)`)}
    ${g.declare('int', `low${axis}`, `at${axis} / ${div}`)}
    ${g.declare('float', `rest${axis}`, `float(at${axis} - low${axis} * ${div}) / float(${div})`)}`;
}

const nearest: Program = native('resize2d nearest', ['x'], names, (g) => {
  const at = `(plane * ${g.argument('h')} + lowh) * ${g.argument('w')} + loww`;
  return each(
    g,
    'x',
    `${coordinates(g, 'i', 'oh', 'ow')} ${locate(g, 'h', 'row')} ${locate(g, 'w', 'column')} return atx(${at});`,
  );
});

const bilinear: Program = native('resize2d bilinear', ['x'], names, (g) => {
  const width = g.argument('w');
  return each(
    g,
    'x',
    `${coordinates(g, 'i', 'oh', 'ow')} ${locate(g, 'h', 'row')} ${locate(g, 'w', 'column')}
    ${g.declare('int', 'upper', `(plane * ${g.argument('h')} + lowh) * ${width}`)}
    ${g.declare('int', 'lower', `(plane * ${g.argument('h')} + min(lowh + 1, ${g.argument('h')} - 1)) * ${width}`)}
    ${g.declare('int', 'right', `min(loww + 1, ${width} - 1)`)}
    ${g.declare('float', 'left', '1.0 - restw')}
    return (1.0 - resth) * (left * atx(upper + loww) + restw * atx(upper + right))
      + resth * (left * atx(lower + loww) + restw * atx(lower + right));`,
  );
});

const gradients: { readonly [M in Resize2dAttrs['mode']]: Program } = {
  nearest: adjoint('nearest'),
  bilinear: adjoint('bilinear'),
};

/** Sums what each pixel gave: to elements of the result that lie less than a pixel away, or beyond the first and the last. */
function adjoint(mode: Resize2dAttrs['mode']): Program {
  const share = (g: Language, axis: 'h' | 'w', pixel: string) => {
    if (mode === 'nearest') return g.choose(`low${axis} == ${pixel}`, '1.0', '0.0');
    const next = `min(low${axis} + 1, ${g.argument(axis)} - 1) == ${pixel}`;
    return `(${g.choose(`low${axis} == ${pixel}`, `1.0 - rest${axis}`, '0.0')} + ${g.choose(next, `rest${axis}`, '0.0')})`;
  };
  const range = (g: Language, axis: 'h' | 'w', pixel: string): string => {
    const [mul, add, div] = ['mul', 'add', 'div'].map((name) => g.argument(`${name}${axis}`));
    const [extent, outExtent] = [g.argument(axis), g.argument(`o${axis}`)];
    return `${g.declare('int', `from${axis}`, '0')} ${g.declare('int', `to${axis}`, outExtent)}
      if (${pixel} > 0) { from${axis} = max((${pixel} - 1) * ${div} - ${add}, 0) / ${mul}; }
      if (${pixel} < ${extent} - 1) { to${axis} = min(max((${pixel} + 1) * ${div} - ${add}, 0) / ${mul} + 1, ${outExtent}); }`;
  };
  return native(`resize2dGrad ${mode}`, ['dy'], names, (g) => {
    const along = (axis: 'h' | 'w', pixel: string, name: string, body: string) =>
      g.loop(
        name,
        `from${axis}`,
        `to${axis}`,
        `${locate(g, axis, name)} ${g.declare('float', `share${axis}`, share(g, axis, pixel))} ${body}`,
      );
    const add = `sum += sharew * atdy((plane * ${g.argument('oh')} + oy) * ${g.argument('ow')} + ox);`;
    return each(
      g,
      'dy',
      `${coordinates(g, 'i', 'h', 'w')} ${range(g, 'h', 'row')} ${range(g, 'w', 'column')} ${g.declare('float', 'r', '0.0')}
      ${along('h', 'row', 'oy', `${g.declare('float', 'sum', '0.0')} ${along('w', 'column', 'ox', add)} r += shareh * sum;`)}
      return r;`,
    );
  });
}

/** Natives of a program that computes one element at a time. */
function each(g: Language, buffer: string, body: string): Native[] {
  return [element(g, buffer), { name: 'one', returns: 'float', parameters: [['i', 'int']], body }, lanes(g, 'texel', 'one')];
}
