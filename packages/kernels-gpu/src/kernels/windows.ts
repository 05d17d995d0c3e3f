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

/** Runs `each` for the windows, at `oy` and `ox` of the result, that have a tap on the pixel at `row` and `column`; `eachRow` before those of a row. */
export function covering(g: Language, eachRow: string, each: string): string {
  return along(g, 'h', 'row', 'oy', `${eachRow} ${along(g, 'w', 'column', 'ox', each)}`);
}

function along(g: Language, axis: 'h' | 'w', pixel: string, name: string, body: string): string {
  const [kernel, stride, dilation, extent] = ['k', 's', 'd', 'o'].map((letter) => g.argument(`${letter}${axis}`));
  const reach = `${name}Reach`;
  return `${g.declare('int', reach, `${pixel} + ${g.argument(`p${axis}`)}`)}
    ${g.loop(
      name,
      `max(${reach} - (${kernel} - 1) * ${dilation} + ${stride} - 1, 0) / ${stride}`,
      `min(${reach} / ${stride} + 1, ${extent})`,
      `if ((${reach} - ${name} * ${stride}) % ${dilation} == 0) { ${body} }`,
    )}`;
}
