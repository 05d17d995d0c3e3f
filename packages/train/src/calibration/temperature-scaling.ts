import { ArgumentError } from '@dl/kernels';
import { type ForwardOptions, type Layer, Module } from '@dl/layers';
import { div, Parameter, type Tensor, tensor } from '@dl/tensor';

/**
 * A classifier whose logits are divided by a temperature $T$: what is most probable stays so, above 1 all of it gets less sure. See
 * {@link fitTemperature}.
 *
 * @example
 * const cooler = new TemperatureScaling(new Identity(), 2);
 * await cooler.forward(tensor([[4, 0]])).data() // Float32Array [2, 0]
 */
export class TemperatureScaling extends Module implements Layer {
  readonly model: Layer;
  /** $T$, a scalar that no optimiser moves. */
  readonly temperature: Parameter;

  /** @throws {@link ArgumentError} unless `temperature` is positive */
  constructor(model: Layer, temperature: number) {
    super();
    if (!(temperature > 0 && temperature < Infinity))
      throw new ArgumentError('TemperatureScaling', `temperature must be positive, got ${temperature}`);
    this.model = model;
    this.temperature = new Parameter(tensor(temperature), { trainable: false });
  }

  /**
   * @param x - what the model takes
   * @returns the model's logits, divided
   */
  override forward(x: Tensor, options: ForwardOptions = {}): Tensor {
    return div(this.model.forward(x, options), this.temperature);
  }
}
