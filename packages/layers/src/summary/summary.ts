import { bytesPerElement, type DType, type Shape } from '@dl/kernels';
import { currentBackend, runScope, withRecorder, zeros } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { observeForward } from '../module/observe-forward.ts';
import { CostRecorder } from './cost-recorder.ts';
import { ModelSummary } from './model-summary.ts';

/** Options of {@link summary}. */
export interface SummaryOptions {
  /** Of the input. Default float32. */
  readonly dtype?: DType | undefined;
}

/**
 * What a model is made of and what it costs: output shapes, parameters, multiply-adds, receptive fields and memory, layer by layer. The model
 * runs once on zeros, and what its ops do is counted; so a model of your own needs nothing for it.
 *
 * @param inputShape - with the batch: `[1, 3, 224, 224]`
 * @returns rows and totals; `String(…)` of it is a table, and it can be written as JSON
 * @example
 * const model = new Sequential({ conv: new Conv2d(3, 8, 3), relu: new ReLU() });
 * const { layers, parameters, multiplyAdds } = summary(model, [1, 3, 16, 16]);
 * layers.map(({ name }) => name) // ['conv', 'relu']
 * parameters // 224
 * multiplyAdds // 42336
 * layers[0].receptiveField // [3, 3]
 */
export function summary(model: Layer, inputShape: Shape, { dtype = 'float32' }: SummaryOptions = {}): ModelSummary {
  const parameters = [...model.namedParameters().values()];
  const backend = parameters[0]?.backend ?? currentBackend();
  const recorder = runScope('summary', () => {
    const input = zeros(inputShape, { dtype, backend });
    const recording = new CostRecorder(model, input);
    withRecorder(recording, () => observeForward(recording, () => model.forward(input)));
    return recording;
  });
  return new ModelSummary({
    layers: recorder.layers,
    inputShape,
    parameters: parameters.reduce((sum, { size }) => sum + size, 0),
    trainableParameters: model.parameters().reduce((sum, { size }) => sum + size, 0),
    parameterBytes: parameters.reduce((sum, parameter) => sum + parameter.size * bytesPerElement(parameter.dtype), 0),
  });
}
