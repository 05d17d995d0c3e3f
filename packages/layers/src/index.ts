export { GELU } from './activations/gelu.ts';
export { LeakyReLU } from './activations/leaky-relu.ts';
export { LogSoftmax } from './activations/log-softmax.ts';
export { ReLU } from './activations/relu.ts';
export { Sigmoid } from './activations/sigmoid.ts';
export { SiLU } from './activations/silu.ts';
export { Softmax } from './activations/softmax.ts';
export { Tanh } from './activations/tanh.ts';
export {
  type AttentionForwardOptions,
  MultiheadAttention,
  type MultiheadAttentionOptions,
  type MultiheadAttentionOutput,
} from './attention/multihead-attention.ts';
export { TransformerEncoder } from './attention/transformer-encoder.ts';
export {
  type EncoderForwardOptions,
  TransformerEncoderLayer,
  type TransformerEncoderLayerOptions,
} from './attention/transformer-encoder-layer.ts';
export { type DropoutOptions, dropout } from './functional/dropout.ts';
export {
  type AttentionOptions,
  type AttentionResult,
  scaledDotProductAttention,
} from './functional/scaled-dot-product-attention.ts';
export * as init from './init/index.ts';
export { AdaptiveAvgPool1d } from './layers/adaptive-avg-pool1d.ts';
export { AdaptiveAvgPool2d } from './layers/adaptive-avg-pool2d.ts';
export { AdaptiveAvgPool3d } from './layers/adaptive-avg-pool3d.ts';
export { AdaptiveMaxPool1d } from './layers/adaptive-max-pool1d.ts';
export { AdaptiveMaxPool2d } from './layers/adaptive-max-pool2d.ts';
export { AdaptiveMaxPool3d } from './layers/adaptive-max-pool3d.ts';
export { AvgPool1d } from './layers/avg-pool1d.ts';
export { AvgPool2d } from './layers/avg-pool2d.ts';
export { AvgPool3d } from './layers/avg-pool3d.ts';
export { BatchNorm, type BatchNormOptions } from './layers/batch-norm.ts';
export { BatchNorm1d } from './layers/batch-norm1d.ts';
export { BatchNorm2d } from './layers/batch-norm2d.ts';
export { ConstantPad2d } from './layers/constant-pad2d.ts';
export { ConvTranspose1d, type ConvTranspose1dLayerOptions } from './layers/conv-transpose1d.ts';
export { ConvTranspose2d, type ConvTranspose2dLayerOptions } from './layers/conv-transpose2d.ts';
export { ConvTranspose3d, type ConvTranspose3dLayerOptions } from './layers/conv-transpose3d.ts';
export { Conv1d, type Conv1dLayerOptions } from './layers/conv1d.ts';
export { Conv2d, type Conv2dLayerOptions } from './layers/conv2d.ts';
export { Conv3d, type Conv3dLayerOptions } from './layers/conv3d.ts';
export { Dropout } from './layers/dropout.ts';
export { Embedding, type EmbeddingOptions } from './layers/embedding.ts';
export { Flatten } from './layers/flatten.ts';
export { Fold } from './layers/fold.ts';
export { Identity } from './layers/identity.ts';
export { LayerNorm, type LayerNormOptions } from './layers/layer-norm.ts';
export { Linear, type LinearOptions } from './layers/linear.ts';
export { MaxPool1d } from './layers/max-pool1d.ts';
export { MaxPool2d } from './layers/max-pool2d.ts';
export { MaxPool3d } from './layers/max-pool3d.ts';
export { Pad2d, type Padding2d } from './layers/pad2d.ts';
export type { PaddingMode } from './layers/padded.ts';
export { PixelShuffle } from './layers/pixel-shuffle.ts';
export { PixelUnshuffle } from './layers/pixel-unshuffle.ts';
export type { ReceptiveWindow, Windowed } from './layers/receptive-window.ts';
export { ReflectionPad2d } from './layers/reflection-pad2d.ts';
export { ReplicationPad2d } from './layers/replication-pad2d.ts';
export { type NamedLayers, Sequential } from './layers/sequential.ts';
export { Unflatten } from './layers/unflatten.ts';
export { Unfold } from './layers/unfold.ts';
export { Upsample } from './layers/upsample.ts';
export { ZeroPad2d } from './layers/zero-pad2d.ts';
export { type BinaryCrossEntropyOptions, binaryCrossEntropyWithLogits } from './losses/binary-cross-entropy-with-logits.ts';
export type { ClassLossOptions } from './losses/class-losses.ts';
export { type CrossEntropyOptions, crossEntropy } from './losses/cross-entropy.ts';
export { l1Loss } from './losses/l1-loss.ts';
export { mseLoss } from './losses/mse-loss.ts';
export { nllLoss } from './losses/nll-loss.ts';
export { perceptronLoss } from './losses/perceptron-loss.ts';
export type { LossOptions, Reduction } from './losses/reduction.ts';
export type { ForwardOptions, Layer } from './module/layer.ts';
export { type LoadStateDictOptions, loadStateDict, type SkippedNames } from './module/load-state-dict.ts';
export { Module } from './module/module.ts';
export { type ForwardObserver, observeForward } from './module/observe-forward.ts';
export { stateDict } from './module/state-dict.ts';
export { StateDictError, type StateDictProblems } from './module/state-dict-error.ts';
export { GRU, type RecurrentOutput } from './recurrent/gru.ts';
export { LSTM, type LSTMOutput, type LSTMState } from './recurrent/lstm.ts';
export type { RecurrentOptions } from './recurrent/recurrent-stack.ts';
export { RNN, type RNNOptions } from './recurrent/rnn.ts';
export type { RNNNonlinearity } from './recurrent/rnn-cell.ts';
export { type LayerSummary, ModelSummary, type ModelSummaryJson } from './summary/model-summary.ts';
export { type SummaryOptions, summary } from './summary/summary.ts';
