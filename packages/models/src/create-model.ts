import { ArgumentError } from '@dl/kernels';
import type { Layer } from '@dl/layers';
import type { Rng } from '@dl/tensor';
import { lenet5 } from './lenet5.ts';
import { mlp } from './mlp.ts';
import { perceptron } from './perceptron.ts';
import type { CifarResNet, CifarResNetOptions } from './resnet/cifar-resnet.ts';
import { resnet20 } from './resnet/resnet20.ts';
import { resnet32 } from './resnet/resnet32.ts';
import { resnet44 } from './resnet/resnet44.ts';
import { resnet56 } from './resnet/resnet56.ts';
import { resnet110 } from './resnet/resnet110.ts';

/** What a model for images must be told. */
export interface ModelOptions {
  /** `[c, h, w]`. Default: MNIST's `[1, 28, 28]`. */
  readonly imageShape?: readonly [number, number, number] | undefined;
  /** Default 10. */
  readonly classes?: number | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

interface ModelSpec {
  readonly imageShape: readonly [number, number, number];
  readonly classes: number;
  readonly rng: Rng | undefined;
}

/** The name of a model that {@link createModel} makes. */
export type ModelName = 'lenet' | 'mlp' | 'perceptron' | 'resnet20' | 'resnet32' | 'resnet44' | 'resnet56' | 'resnet110';

const models: { readonly [N in ModelName]: (spec: ModelSpec) => Layer } = {
  lenet({ imageShape: [channels, height, width], classes, rng }) {
    if (height !== 28 || width !== 28) {
      throw new ArgumentError('createModel', `lenet takes images of 28 × 28, got ${height} × ${width}`);
    }
    return lenet5({ inChannels: channels, classes, rng });
  },
  mlp: ({ imageShape: [c, h, w], classes, rng }) => mlp([c * h * w, 64, classes], { rng }),
  perceptron: ({ imageShape: [c, h, w], classes, rng }) => perceptron(c * h * w, classes, { rng }),
  resnet20: residual(resnet20),
  resnet32: residual(resnet32),
  resnet44: residual(resnet44),
  resnet56: residual(resnet56),
  resnet110: residual(resnet110),
};

function residual(make: (options: CifarResNetOptions) => CifarResNet): (spec: ModelSpec) => Layer {
  return ({ imageShape: [inChannels], classes, rng }) => make({ inChannels, classes, rng });
}

/** The names that {@link createModel} knows. */
export const modelNames: readonly ModelName[] = Object.keys(models) as ModelName[];

/**
 * A model by its name, for images of a shape and a number of classes: what a command line needs.
 *
 * @throws {@link ArgumentError} for an unknown name, or images that the model does not take
 * @example
 * createModel('mlp').forward(zeros([2, 1, 28, 28])).shape // [2, 10]
 */
export function createModel(name: ModelName, { imageShape = [1, 28, 28], classes = 10, rng }: ModelOptions = {}): Layer {
  if (!Object.hasOwn(models, name)) {
    throw new ArgumentError('createModel', `name must be ${modelNames.join(', ')}, got ${String(name)}`);
  }
  return models[name]({ imageShape, classes, rng });
}
