import { jit, lax, type numpy, vjp } from '@jax-js/jax';
import type { Entrant } from '../../contestant.ts';
import { type JaxDevice, jax, jaxArray } from '../../peers/jax.ts';
import { type ConvShape, layout } from './conv-shape.ts';

/** jax-js: a convolution, compiled. */
export function jaxConv(device: JaxDevice, threads: number, shape: ConvShape): Entrant {
  const { x, w } = layout(shape);
  return jax(device, threads, () => {
    const image = jaxArray(x, 1);
    const weight = jaxArray(w, 2);
    const run = jit(conv);
    return { inputs: [image, weight], produce: () => run(image.ref, weight.ref) };
  });
}

/** jax-js: the gradient of its image, compiled without the convolution, whose result nobody asks for. */
export function jaxInputGrad(device: JaxDevice, threads: number, shape: ConvShape): Entrant {
  const { x, w, y } = layout(shape);
  return jax(device, threads, () => {
    const image = jaxArray(x, 1);
    const weight = jaxArray(w, 2);
    const dy = jaxArray(y, 3);
    const run = jit((a: numpy.Array, b: numpy.Array, c: numpy.Array) => pullBack((at) => conv(at, b), a, c));
    return { inputs: [image, weight, dy], produce: () => run(image.ref, weight.ref, dy.ref) };
  });
}

/** jax-js: the gradient of its weight, compiled in the same way. */
export function jaxWeightGrad(device: JaxDevice, threads: number, shape: ConvShape): Entrant {
  const { x, w, y } = layout(shape);
  return jax(device, threads, () => {
    const image = jaxArray(x, 1);
    const weight = jaxArray(w, 2);
    const dy = jaxArray(y, 3);
    const run = jit((a: numpy.Array, b: numpy.Array, c: numpy.Array) => pullBack((at) => conv(a, at), b, c));
    return { inputs: [image, weight, dy], produce: () => run(image.ref, weight.ref, dy.ref) };
  });
}

function conv(image: numpy.Array, weight: numpy.Array): numpy.Array {
  return lax.convGeneralDilated(image, weight, [1, 1], 'SAME');
}

function pullBack(fn: (at: numpy.Array) => numpy.Array, at: numpy.Array, gradient: numpy.Array): numpy.Array {
  const [value, back] = vjp(fn, [at]);
  value.dispose();
  const [found] = back(gradient);
  back.dispose();
  return found;
}
