import { ArgumentError, formatShape, ShapeError, sameShape } from '@dl/kernels';
import { alias, concat, type Parameter, reshape, runScope, slice, type Tensor, withoutRecording, zeros } from '@dl/tensor';
import type { TensorSpec } from '../optimizer-state.ts';
import { hold } from './hold.ts';

/** Parameters as one vector, for algorithms that look at all weights together. */
export class FlatParameters {
  readonly params: readonly Parameter[];
  /** Of a vector over all parameters. */
  readonly spec: TensorSpec;

  /** @throws {@link ArgumentError} without parameters, for one given twice, and unless all are of one dtype and backend */
  constructor(op: string, params: readonly Parameter[]) {
    if (params.length === 0) throw new ArgumentError(op, 'there must be parameters to optimise, got none');
    if (new Set(params).size !== params.length) throw new ArgumentError(op, 'parameters must be given once, got one twice');
    const [{ dtype, backend }] = params;
    if (params.some((parameter) => parameter.dtype !== dtype || parameter.backend !== backend)) {
      throw new ArgumentError(op, 'parameters must be of one dtype and backend, got several');
    }
    this.params = params;
    this.spec = { shape: [params.reduce((size, parameter) => size + parameter.size, 0)], dtype, backend };
  }

  /** The values now. */
  values(): Tensor {
    return joined(() => this.params);
  }

  /**
   * The gradients, 0 where there is none. The map's are freed.
   *
   * @throws {@link ShapeError} when a gradient has not its parameter's shape
   */
  gradient(op: string, grads: ReadonlyMap<Parameter, Tensor>): Tensor {
    for (const [{ shape }, grad] of grads) {
      if (sameShape(shape, grad.shape)) continue;
      const [wanted, got] = [formatShape(shape), formatShape(grad.shape)];
      throw new ShapeError(op, `a gradient must have its parameter's shape ${wanted}, got ${got}`);
    }
    const { dtype, backend } = this.spec;
    const flat = joined(() =>
      this.params.map((parameter) => grads.get(parameter) ?? zeros([parameter.size], { dtype, backend })),
    );
    for (const grad of grads.values()) grad.dispose();
    return flat;
  }

  /** Sets the parameters to the elements of a vector. */
  assign(flat: Tensor): void {
    withoutRecording(() =>
      runScope('LBFGS.step', () => {
        let at = 0;
        for (const parameter of this.params) {
          const end = at + parameter.size;
          parameter.assign(reshape(slice(flat, [[at, end]]), parameter.shape));
          at = end;
        }
      }),
    );
  }
}

/** Tensors behind one another, with a handle of its own where there is but one. */
function joined(parts: () => readonly Tensor[]): Tensor {
  return hold(() => alias(concat(parts().map((part) => reshape(part, [-1])))));
}
