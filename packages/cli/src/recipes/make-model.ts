import { crossEntropy, type Layer, mseLoss, perceptronLoss } from '@dl/layers';
import { charLstm, createModel, type ImageShape, type ModelName, modelNames } from '@dl/models';
import type { Rng } from '@dl/tensor';
import type { Loss } from '@dl/train';
import type { DatasetFacts } from '../run/dataset-facts.ts';
import { UsageError } from '../usage-error.ts';
import type { RunSettings } from './settings.ts';

/** The model for texts, which {@link createModel} does not make since it makes models for images. */
export const textModel = 'char_lstm';

/** Every model that can be trained by its name. */
export const trainableNames: readonly string[] = [...modelNames.filter((name) => name !== 'fcn_resnet50'), textModel];

/** What is trained on a dataset unless the command line says otherwise. */
export function defaultModel({ kind, inputShape }: Pick<DatasetFacts, 'kind' | 'inputShape'>): string {
  if (kind === 'text') return textModel;
  if (kind !== 'images') return 'mlp';
  const [, height] = inputShape;
  if (height === 28) return 'lenet';
  return height === 32 ? 'cifar_net' : 'resnet20';
}

/**
 * A model for the inputs and classes of a dataset.
 *
 * @throws {@link UsageError} for a model of texts on anything else, and the other way round
 */
export function makeModel(name: string, { kind, inputShape, classNames }: DatasetFacts, settings: RunSettings, rng: Rng): Layer {
  if ((kind === 'text') !== (name === textModel)) {
    throw new UsageError(
      kind === 'text' ? `a text needs the model ${textModel}, got ${name}` : `${textModel} is for texts, not for ${kind}`,
    );
  }
  if (name === textModel) {
    const { hidden, layers, dropout } = settings;
    return charLstm(classNames.length, { hiddenSize: hidden, numLayers: layers, dropout, rng });
  }
  const classes = Math.max(1, classNames.length);
  return createModel(name as ModelName, { imageShape: imageShapeOf(inputShape), classes, rng });
}

/** Points and rows of a table as images of one row, which models without convolutions flatten. */
function imageShapeOf(inputShape: readonly number[]): ImageShape {
  if (inputShape.length !== 3) return [1, 1, inputShape.reduce((product, extent) => product * extent, 1)];
  const [channels, height, width] = inputShape;
  return [channels, height, width];
}

/**
 * The loss that a model is trained with.
 *
 * @throws {@link UsageError} for smoothed labels where the loss has none
 */
export function lossOf({ model, labelSmoothing }: RunSettings, { classNames }: DatasetFacts): Loss {
  const isCrossEntropy = classNames.length > 0 && model !== 'perceptron';
  if (labelSmoothing > 0 && !isCrossEntropy)
    throw new UsageError('--label-smoothing is for models that are trained by cross-entropy');
  if (classNames.length === 0) return mseLoss;
  if (model === 'perceptron') return perceptronLoss;
  return labelSmoothing === 0 ? crossEntropy : (output, target) => crossEntropy(output, target, { labelSmoothing });
}
