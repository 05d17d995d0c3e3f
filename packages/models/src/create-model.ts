import { ArgumentError, nearestName, sizeOf } from '@dl/kernels';
import type { Layer, Sequential } from '@dl/layers';
import type { Rng } from '@dl/tensor';
import { alexnet } from './alexnet/alexnet.ts';
import { alexnetOneTower } from './alexnet/alexnet-one-tower.ts';
import { alexnetTwoTower } from './alexnet/alexnet-two-tower.ts';
import { cifarNet } from './courses/cifar-net.ts';
import { cifarNetConvolutional } from './courses/cifar-net-convolutional.ts';
import { filterNet } from './courses/filter-net.ts';
import { multiperceptron } from './courses/multiperceptron.ts';
import { thresholdLogicUnit } from './courses/threshold-logic-unit.ts';
import type { FCN } from './fcn/fcn.ts';
import { fcnResnet50 } from './fcn/fcn-resnet50.ts';
import { type GoogLeNet, googlenet } from './googlenet/googlenet.ts';
import { lenet5 } from './lenet5.ts';
import { mlp } from './mlp.ts';
import { nin } from './nin.ts';
import { perceptron } from './perceptron.ts';
import type { CifarResNet } from './resnet/cifar-resnet.ts';
import { plain20 } from './resnet/plain20.ts';
import { plain56 } from './resnet/plain56.ts';
import type { ResNet } from './resnet/resnet.ts';
import { resnet18 } from './resnet/resnet18.ts';
import { resnet20 } from './resnet/resnet20.ts';
import { resnet32 } from './resnet/resnet32.ts';
import { resnet34 } from './resnet/resnet34.ts';
import { resnet44 } from './resnet/resnet44.ts';
import { resnet50 } from './resnet/resnet50.ts';
import { resnet56 } from './resnet/resnet56.ts';
import { resnet101 } from './resnet/resnet101.ts';
import { resnet110 } from './resnet/resnet110.ts';
import { resnet152 } from './resnet/resnet152.ts';
import { vggM } from './vgg/vgg-m.ts';
import { vgg11 } from './vgg/vgg11.ts';
import { vgg13 } from './vgg/vgg13.ts';
import { vgg16 } from './vgg/vgg16.ts';
import { vgg19 } from './vgg/vgg19.ts';

/** Extents of the images a model takes, `[c, h, w]`. */
export type ImageShape = readonly [channels: number, height: number, width: number];

/** What {@link createModel} is told. */
export interface ModelOptions {
  /** `[c, h, w]`. Default: what the model is made for, see {@link describeModels}. */
  readonly imageShape?: ImageShape | undefined;
  /** Default: what the model is made for. */
  readonly classes?: number | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

interface ModelSpec {
  readonly imageShape: ImageShape;
  readonly classes: number;
  readonly rng: Rng | undefined;
}

/** What {@link createModel} makes by each name. Names are torchvision's, where it has the model. */
export interface Models {
  threshold_logic_unit: Sequential;
  perceptron: Sequential;
  multiperceptron: Sequential;
  mlp: Sequential;
  filter_net: Sequential;
  filter_net_pool: Sequential;
  lenet: Sequential;
  cifar_net: Sequential;
  cifar_net_convolutional: Sequential;
  nin: Sequential;
  plain20: CifarResNet;
  plain56: CifarResNet;
  resnet20: CifarResNet;
  resnet32: CifarResNet;
  resnet44: CifarResNet;
  resnet56: CifarResNet;
  resnet110: CifarResNet;
  alexnet: Sequential;
  alexnet_one_tower: Sequential;
  alexnet_two_tower: Sequential;
  vgg_m: Sequential;
  vgg11: Sequential;
  vgg11_bn: Sequential;
  vgg13: Sequential;
  vgg13_bn: Sequential;
  vgg16: Sequential;
  vgg16_bn: Sequential;
  vgg19: Sequential;
  vgg19_bn: Sequential;
  googlenet: GoogLeNet;
  resnet18: ResNet;
  resnet34: ResNet;
  resnet50: ResNet;
  resnet101: ResNet;
  resnet152: ResNet;
  fcn_resnet50: FCN;
}

/** The name of a model that {@link createModel} makes. */
export type ModelName = keyof Models;

/** What a model is for. */
interface Use {
  readonly imageShape: ImageShape;
  readonly classes: number;
}

interface Entry<M extends Layer> {
  readonly description: string;
  readonly use: Use;
  /** Of the images, where no other size fits. */
  readonly size?: readonly [number, number];
  readonly make: (spec: ModelSpec) => M;
}

const mnist: Use = { imageShape: [1, 28, 28], classes: 10 };
const cifar: Use = { imageShape: [3, 32, 32], classes: 10 };
const imageNet: Use = { imageShape: [3, 224, 224], classes: 1000 };
const segmentation: Use = { imageShape: [3, 520, 520], classes: 21 };

const entries: { readonly [N in ModelName]: Entry<Models[N]> } = {
  threshold_logic_unit: {
    description: 'linear units with a step, one a class',
    use: mnist,
    make: ({ imageShape, classes, rng }) => thresholdLogicUnit(sizeOf(imageShape), { units: classes, rng }),
  },
  perceptron: {
    description: 'one linear layer',
    use: mnist,
    make: ({ imageShape, classes, rng }) => perceptron(sizeOf(imageShape), classes, { rng }),
  },
  multiperceptron: {
    description: 'one linear layer and tanh',
    use: mnist,
    make: ({ imageShape, classes, rng }) => multiperceptron(sizeOf(imageShape), classes, { rng }),
  },
  mlp: {
    description: '64 hidden units',
    use: mnist,
    make: ({ imageShape, classes, rng }) => mlp([sizeOf(imageShape), 64, classes], { rng }),
  },
  filter_net: {
    description: 'nine filters of 5 × 5 and a linear layer',
    use: mnist,
    size: [28, 28],
    make: byChannels(filterNet),
  },
  filter_net_pool: {
    description: 'filter_net with max pooling',
    use: mnist,
    size: [28, 28],
    make: byChannels((options) => filterNet({ ...options, pool: true })),
  },
  lenet: { description: 'LeNet-5', use: mnist, size: [28, 28], make: byChannels(lenet5) },
  cifar_net: {
    description: 'three convolutions of 5 × 5 and two linear layers',
    use: cifar,
    size: [32, 32],
    make: byChannels(cifarNet),
  },
  cifar_net_convolutional: {
    description: 'cifar_net for images of any size',
    use: cifar,
    make: byChannels(cifarNetConvolutional),
  },
  nin: { description: 'network in network', use: cifar, make: byChannels(nin) },
  plain20: { description: 'resnet20 without its shortcuts', use: cifar, make: byChannels(plain20) },
  plain56: { description: 'resnet56 without its shortcuts', use: cifar, make: byChannels(plain56) },
  resnet20: { description: 'residual network of 20 layers for small images', use: cifar, make: byChannels(resnet20) },
  resnet32: { description: 'residual network of 32 layers for small images', use: cifar, make: byChannels(resnet32) },
  resnet44: { description: 'residual network of 44 layers for small images', use: cifar, make: byChannels(resnet44) },
  resnet56: { description: 'residual network of 56 layers for small images', use: cifar, make: byChannels(resnet56) },
  resnet110: { description: 'residual network of 110 layers for small images', use: cifar, make: byChannels(resnet110) },
  alexnet: { description: 'AlexNet of torchvision', use: imageNet, make: byChannels(alexnet) },
  alexnet_one_tower: {
    description: 'AlexNet of one tower, fully convolutional',
    use: imageNet,
    make: byChannels(alexnetOneTower),
  },
  alexnet_two_tower: {
    description: 'AlexNet of the paper, in two groups',
    use: imageNet,
    size: [224, 224],
    make: byChannels(alexnetTwoTower),
  },
  vgg_m: { description: 'VGG-M, between AlexNet and VGG-11', use: imageNet, size: [224, 224], make: byChannels(vggM) },
  vgg11: { description: 'VGG of 11 layers', use: imageNet, make: byChannels(vgg11) },
  vgg11_bn: {
    description: 'VGG of 11 layers with batch normalisation',
    use: imageNet,
    make: byChannels((options) => vgg11({ ...options, batchNorm: true })),
  },
  vgg13: { description: 'VGG of 13 layers', use: imageNet, make: byChannels(vgg13) },
  vgg13_bn: {
    description: 'VGG of 13 layers with batch normalisation',
    use: imageNet,
    make: byChannels((options) => vgg13({ ...options, batchNorm: true })),
  },
  vgg16: { description: 'VGG of 16 layers', use: imageNet, make: byChannels(vgg16) },
  vgg16_bn: {
    description: 'VGG of 16 layers with batch normalisation',
    use: imageNet,
    make: byChannels((options) => vgg16({ ...options, batchNorm: true })),
  },
  vgg19: { description: 'VGG of 19 layers', use: imageNet, make: byChannels(vgg19) },
  vgg19_bn: {
    description: 'VGG of 19 layers with batch normalisation',
    use: imageNet,
    make: byChannels((options) => vgg19({ ...options, batchNorm: true })),
  },
  googlenet: { description: 'GoogLeNet, Inception v1', use: imageNet, make: ofColours },
  resnet18: { description: 'residual network of 18 layers', use: imageNet, make: byChannels(resnet18) },
  resnet34: { description: 'residual network of 34 layers', use: imageNet, make: byChannels(resnet34) },
  resnet50: { description: 'residual network of 50 layers', use: imageNet, make: byChannels(resnet50) },
  resnet101: { description: 'residual network of 101 layers', use: imageNet, make: byChannels(resnet101) },
  resnet152: { description: 'residual network of 152 layers', use: imageNet, make: byChannels(resnet152) },
  fcn_resnet50: { description: 'a class for each pixel, on ResNet-50', use: segmentation, make: byChannels(fcnResnet50) },
};

interface ByChannels {
  readonly inChannels: number;
  readonly classes: number;
  readonly rng: Rng | undefined;
}

function byChannels<M>(make: (options: ByChannels) => M): (spec: ModelSpec) => M {
  return ({ imageShape: [inChannels], classes, rng }) => make({ inChannels, classes, rng });
}

function ofColours({ imageShape: [channels], classes, rng }: ModelSpec): GoogLeNet {
  if (channels !== 3) throw new ArgumentError('createModel', `googlenet takes images of 3 channels, got ${channels}`);
  return googlenet({ classes, rng });
}

/** The names that {@link createModel} knows, the smaller models first. */
export const modelNames: readonly ModelName[] = Object.keys(entries) as ModelName[];

/** A line about a model that {@link createModel} makes. */
export interface ModelDescription {
  readonly name: ModelName;
  readonly description: string;
  /** `[c, h, w]` of the images it is made for. */
  readonly imageShape: ImageShape;
  readonly classes: number;
}

/**
 * The models that {@link createModel} makes, for a list on a command line.
 *
 * @example
 * describeModels().find(({ name }) => name === 'lenet')?.description // 'LeNet-5'
 */
export function describeModels(): ModelDescription[] {
  return modelNames.map((name) => ({ name, description: entries[name].description, ...entries[name].use }));
}

/**
 * A model by its name, for images of a shape and a number of classes: what a command line needs.
 *
 * @throws {@link ArgumentError} for an unknown name, or images that the model does not take
 * @example
 * createModel('mlp').forward(zeros([2, 1, 28, 28])).shape // [2, 10]
 * createModel('resnet20', { classes: 100 }).linear.weight.shape // [100, 64]
 */
export function createModel<N extends ModelName>(name: N, { imageShape, classes, rng }: ModelOptions = {}): Models[N] {
  if (!Object.hasOwn(entries, name)) {
    const near = nearestName(String(name), modelNames);
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    throw new ArgumentError('createModel', `name must be ${modelNames.join(', ')}, got ${String(name)}${hint}`);
  }
  const { use, size, make }: Entry<Models[N]> = entries[name];
  const shape = imageShape ?? use.imageShape;
  if (size !== undefined && (shape[1] !== size[0] || shape[2] !== size[1])) {
    throw new ArgumentError('createModel', `${name} takes images of ${size.join(' × ')}, got ${shape[1]} × ${shape[2]}`);
  }
  return make({ imageShape: shape, classes: classes ?? use.classes, rng });
}
