/**
 * What may go wrong in a network:
 *
 * - `'nan'`: a number is NaN or infinite
 * - `'dead'`: units after a ReLU that are zero for every sample, and so learn nothing
 * - `'saturated'`: outputs of tanh or sigmoid at their ends, where the slope is next to nothing
 * - `'vanishing'`: a layer whose gradients are next to nothing beside those of others
 * - `'exploding'`: a layer whose gradients dwarf its weights
 */
export type FindingKind = 'nan' | 'dead' | 'saturated' | 'vanishing' | 'exploding';

/** Something that {@link tracer} has noticed. */
export interface Finding {
  readonly kind: FindingKind;
  /** Where it is: the model's input, a parameter, what a layer gives, the loss, or the gradient of a parameter. */
  readonly where: 'input' | 'weights' | 'activation' | 'loss' | 'gradient';
  /** Of the layer (`features.3`), or of the parameter (`features.3.weight`); the class where it is the model itself, `'loss'` for the loss. */
  readonly path: string;
  /** The op that made it, such as `'log'`, where one is known. */
  readonly op: string | undefined;
  /** The share of units or outputs, or the ratio of norms; NaN for `'nan'`. */
  readonly value: number;
  readonly epoch: number;
  /** Steps of all epochs, this one included. */
  readonly globalStep: number;
  /** All of it, for people. */
  readonly message: string;
}

/** A finding before anybody knows when it was. */
export type Observation = Omit<Finding, 'epoch' | 'globalStep'>;

/** An observation of NaN or infinity. */
export function nonFinite(where: Finding['where'], path: string, op: string | undefined): Observation {
  const places: Readonly<Record<Finding['where'], string>> = {
    input: 'the input of the model',
    weights: `the parameter ${path}`,
    activation: `what ${path} returns`,
    loss: 'the loss',
    gradient: `the gradient of ${path}`,
  };
  const first = op === undefined ? '' : `: first in the op ${op}`;
  return { kind: 'nan', where, path, op, value: Number.NaN, message: `${places[where]} has NaN or infinity${first}` };
}

/** A share as `62 %`. */
export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
