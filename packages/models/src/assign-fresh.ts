import type { Parameter, Tensor } from '@dl/tensor';

/** Gives a parameter a value that was made for it. */
export function assignFresh(parameter: Parameter | undefined, value: Tensor): void {
  parameter?.assign(value);
  value.dispose();
}
