export { type AlexNetOptions, alexnet } from './alexnet/alexnet.ts';
export { alexnetOneTower } from './alexnet/alexnet-one-tower.ts';
export { type AlexNetLayer, type AlexNetTwoTowerOptions, alexnetTwoTower } from './alexnet/alexnet-two-tower.ts';
export { type CifarNetOptions, cifarNet } from './courses/cifar-net.ts';
export { cifarNetConvolutional } from './courses/cifar-net-convolutional.ts';
export { type FilterNetOptions, filterNet } from './courses/filter-net.ts';
export { multiperceptron } from './courses/multiperceptron.ts';
export { type ThresholdLogicUnitOptions, thresholdLogicUnit } from './courses/threshold-logic-unit.ts';
export {
  createModel,
  describeModels,
  type ImageShape,
  type ModelDescription,
  type ModelName,
  type ModelOptions,
  type Models,
  modelNames,
} from './create-model.ts';
export { FCN, type FCNOptions, type FCNOutput } from './fcn/fcn.ts';
export { fcnResnet50 } from './fcn/fcn-resnet50.ts';
export { BasicConv2d } from './googlenet/basic-conv2d.ts';
export { GoogLeNet, type GoogLeNetOptions, type GoogLeNetOutput, googlenet } from './googlenet/googlenet.ts';
export { type InceptionChannels, inception } from './googlenet/inception.ts';
export { InceptionAux } from './googlenet/inception-aux.ts';
export type { ImageNetOptions } from './image-net-options.ts';
export { CarryState } from './language/carry-state.ts';
export { CharLSTM, type CharLSTMOptions, type CharLSTMOutput, charLstm } from './language/char-lstm.ts';
export { type GenerateOptions, generate, type Vocabulary } from './language/generate.ts';
export { type LeNet5Options, lenet5 } from './lenet5.ts';
export { type MLPOptions, mlp } from './mlp.ts';
export { nin } from './nin.ts';
export { type PerceptronOptions, perceptron } from './perceptron.ts';
export { BasicBlock, type BasicBlockOptions, type Shortcut } from './resnet/basic-block.ts';
export type { BlockOptions } from './resnet/block-options.ts';
export { Bottleneck } from './resnet/bottleneck.ts';
export { CifarResNet, type CifarResNetOptions } from './resnet/cifar-resnet.ts';
export { plain20 } from './resnet/plain20.ts';
export { plain56 } from './resnet/plain56.ts';
export { ResidualBlock } from './resnet/residual-block.ts';
export { ResNet, type ResNetOptions } from './resnet/resnet.ts';
export { ResNetBackbone, type ResNetFeatures } from './resnet/resnet-backbone.ts';
export { type ResNetBackboneOptions, type ResNetDepth, ResNetStages } from './resnet/resnet-stages.ts';
export { resnet18 } from './resnet/resnet18.ts';
export { resnet20 } from './resnet/resnet20.ts';
export { resnet32 } from './resnet/resnet32.ts';
export { resnet34 } from './resnet/resnet34.ts';
export { resnet44 } from './resnet/resnet44.ts';
export { resnet50 } from './resnet/resnet50.ts';
export { resnet56 } from './resnet/resnet56.ts';
export { resnet101 } from './resnet/resnet101.ts';
export { resnet110 } from './resnet/resnet110.ts';
export { resnet152 } from './resnet/resnet152.ts';
export { extractFeatures } from './tools/extract-features.ts';
export { loadMatching, type MatchReport } from './tools/load-matching.ts';
export { toConvolutional } from './tools/to-convolutional.ts';
export type { VGGOptions } from './vgg/vgg.ts';
export { type VGGDepth, type VGGFeaturesOptions, vggFeatures } from './vgg/vgg-features.ts';
export { vggM } from './vgg/vgg-m.ts';
export { vgg11 } from './vgg/vgg11.ts';
export { vgg13 } from './vgg/vgg13.ts';
export { vgg16 } from './vgg/vgg16.ts';
export { vgg19 } from './vgg/vgg19.ts';
