import type { Pool2dAttrs, Shape } from '@dl/kernels';
import type { Language } from '../language/language.ts';

/** Integers that a program about sliding windows takes, in the order of {@link windowInts}. */
export const windowNames: readonly string[] = ['h', 'w', 'oh', 'ow', 'kh', 'kw', 'sh', 'sw', 'ph', 'pw', 'dh', 'dw'];

/** Extents of the image and of the result, kernel size, stride, padding and dilation. */
export function windowInts(image: Shape, out: Shape, { kernelSize, stride, padding, dilation }: Pool2dAttrs): number[] {
  return [...image.slice(2), ...out.slice(2), ...kernelSize, ...stride, ...padding, ...dilation];
}

/** Declares `plane`, `row` and `column` of the element at `place` among planes whose extents are arguments. */
export function coordinates(g: Language, place: string, height: string, width: string): string {
  return `${g.declare('int', 'place', place)}
    ${g.declare('int', 'lines', `place / ${g.argument(width)}`)}
    ${g.declare('int', 'column', `place - lines * ${g.argument(width)}`)}
    ${g.declare('int', 'plane', `lines / ${g.argument(height)}`)}
    ${g.declare('int', 'row', `lines - plane * ${g.argument(height)}`)}`;
}

/** What a program about the windows that cover a pixel has in its text: divisions by numbers that are known cost half. */
export function windowKey({ kernelSize, stride, padding, dilation }: Pool2dAttrs): string {
  return [...kernelSize, ...stride, ...padding, ...dilation].join(' ');
}

/** Runs `each` for the windows, at `oy` and `ox` of the result, that have a tap on the pixel at `row` and `column`; `eachRow` before those of a row. */
export function covering(g: Language, attrs: Pool2dAttrs, eachRow: string, each: string): string {
  return along(g, attrs, 0, 'row', 'oy', `${eachRow} ${along(g, attrs, 1, 'column', 'ox', each)}`);
}

function along(g: Language, attrs: Pool2dAttrs, axis: 0 | 1, pixel: string, name: string, body: string): string {
  const { kernelSize, stride, padding, dilation } = attrs;
  const [step, apart] = [stride[axis], dilation[axis]];
  const [reach, end] = [`${name}Reach`, `${name}End`];
  const first = `max(${reach} + ${step - 1 - (kernelSize[axis] - 1) * apart}, 0) / ${step}`;
  const hits = apart === 1 ? body : `if ((${reach} - ${name} * ${step}) % ${apart} == 0) { ${body} }`;
  return `${g.declare('int', reach, `${pixel} + ${padding[axis]}`)}
    ${g.declare('int', end, `min(${reach} / ${step} + 1, ${g.argument(axis === 0 ? 'oh' : 'ow')})`)}
    ${g.loop(name, first, end, hits)}`;
}
