import { type Layer, type Module, stateDict, summary } from '@dl/layers';
import { afterEach } from 'vitest';

const made: Module[] = [];

/** A model that is freed after its test: hundreds of MiB must not wait for the garbage collector. */
export function make<M extends Module>(model: M): M {
  made.push(model);
  return model;
}

afterEach(() => {
  for (const model of made.splice(0)) for (const parameter of stateDict(model).values()) parameter.dispose();
});

/** The trainable numbers of a model. */
export function count(model: Module): number {
  return model.parameters().reduce((total, { size }) => total + size, 0);
}

/** Shape and parameters of each layer, for an image of 3 channels. */
export function rowsOf(
  model: Layer,
  side: number,
): Map<string, { readonly parameters: number; readonly shape: readonly number[] }> {
  const { layers } = summary(model, [1, 3, side, side]);
  return new Map(layers.map(({ name, parameters, outputShapes: [shape] }) => [name, { parameters, shape }]));
}
