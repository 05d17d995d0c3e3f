import type { Program } from '../kernel-source.ts';
import { native } from '../kernels/native-program.ts';
import { element, lanes } from '../kernels/natives.ts';
import { coordinates, covering, windowInts, windowNames } from '../kernels/windows.ts';
import type { FusedKernel } from '../machine.ts';

export const maxPool2dGrad: FusedKernel<'maxPool2dGrad'> = (machine, [dy, indices], attrs, [dx]) => {
  machine.launch(program, [dy, indices], dx, { ints: windowInts(dx.shape, dy.shape, attrs) });
};

/** Each pixel asks the windows that it is in whether it is their maximum. */
const program: Program = native('maxPool2dGrad', ['dy', 'indices'], windowNames, (g) => {
  const body = `${coordinates(g, 'i', 'h', 'w')} ${g.declare('float', 'r', '0.0')}
    ${g.declare('int', 'own', `row * ${g.argument('w')} + column`)}
    ${covering(
      g,
      g.declare('int', 'line', `(plane * ${g.argument('oh')} + oy) * ${g.argument('ow')}`),
      `if (int(atindices(line + ox)) == own) { r += atdy(line + ox); }`,
    )}
    return r;`;
  const one = { name: 'one', returns: 'float', parameters: [['i', 'int']], body } as const;
  return [element(g, 'dy'), element(g, 'indices'), one, lanes(g, 'texel', 'one')];
});
