import type { Module } from '@dl/layers';
import { type Parameter, tensor } from '@dl/tensor';
import { sizeOf, values } from '../../values.ts';

/** What a parameter holds before the first step. */
export interface StartingValue {
  readonly parameter: Parameter;
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
}

/**
 * The same start on every side: weights uniform in ±1/√fan-in, vectors 0 (biases) or 1 (scales), in the order of the model's definition.
 * `fill` of pytorch.py is its twin.
 */
export function startingValues(model: Module): StartingValue[] {
  const trainable = [...model.namedParameters()].filter(([, { trainable }]) => trainable);
  return trainable.map(([name, parameter], i) => ({
    parameter,
    shape: parameter.shape,
    values: valuesOf(name, parameter.shape, i),
  }));
}

/** Gives a model of ours its {@link startingValues}. */
export function setStart(model: Module): void {
  for (const { parameter, shape, values: start } of startingValues(model)) parameter.assign(tensor(start, { shape }));
}

function valuesOf(name: string, shape: readonly number[], index: number): Float32Array<ArrayBuffer> {
  if (shape.length === 1) return new Float32Array(shape[0]).fill(name.includes('bias') ? 0 : 1);
  const bound = sizeOf(shape.slice(1)) ** -0.5;
  return values(sizeOf(shape), 100 + index, -bound, bound);
}
