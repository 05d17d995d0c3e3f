import { ArgumentError } from '@dl/kernels';
import { type ForwardOptions, type Layer, type Module, observeForward } from '@dl/layers';
import { alias, isRecording, keep, Tensor, tidy } from '@dl/tensor';

/**
 * The outputs of named layers inside a model, for transfer, for similarity, or to look at. Gradients pass as through the model itself.
 *
 * @param model - any layer
 * @param names - dotted, as {@link Module.namedModules} has them
 * @returns a function from what the model takes to the outputs by name; of a layer that runs several times, the last
 * @throws {@link ArgumentError} for a name that the model lacks, or a layer that does not return one tensor, or does not run
 * @example
 * const features = extractFeatures(lenet5(), ['pool1', 'fc2']);
 * const { pool1, fc2 } = features(zeros([2, 1, 28, 28]));
 * pool1.shape; // [2, 6, 14, 14]
 * fc2.shape; // [2, 84]
 */
export function extractFeatures<N extends string>(
  model: Layer,
  names: readonly N[],
): (x: Tensor, options?: ForwardOptions) => Record<N, Tensor> {
  const wanted = new Map<Module, N>(names.map((name) => [moduleOf(model, name), name]));
  return (x, options) => {
    const found = new Map<N, Tensor>();
    const leave = (module: Module, output: unknown): void => {
      const name = wanted.get(module);
      if (name === undefined) return;
      if (!(output instanceof Tensor)) {
        throw new ArgumentError('extractFeatures', `layers must return one tensor, got ${name} (${module.constructor.name})`);
      }
      found.get(name)?.dispose();
      // A handle of its own, because the scopes of the layers around free the layer's.
      found.set(name, keep(alias(output)));
    };
    observeForward({ leave }, () => tidy(() => void model.forward(x, options)));
    return Object.fromEntries(names.map((name) => [name, handedOver(name, found.get(name))])) as Record<N, Tensor>;
  };
}

function moduleOf(model: Layer, name: string): Module {
  const modules = model.namedModules();
  const module = modules.get(name);
  if (module !== undefined) return module;
  const names = [...modules.keys()].filter((key) => key !== '').join(', ');
  throw new ArgumentError('extractFeatures', `names must be of layers, got ${name} (the model has ${names})`);
}

/** To the caller's scope. */
function handedOver(name: string, held: Tensor | undefined): Tensor {
  if (held === undefined) throw new ArgumentError('extractFeatures', `layers must run in a forward pass, got ${name}`);
  if (isRecording()) return held;
  const features = alias(held);
  held.dispose();
  return features;
}
