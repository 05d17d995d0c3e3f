export { batchNorm, batchNormGrad, batchNormWorkspace, scaleShift } from './batch-norm';
export { binaryRow, binaryStrided } from './binary';
export { cast } from './cast';
export { conv2d, conv2dWorkspace } from './conv-forward';
export { conv2dInputGrad, conv2dInputGradScratch, conv2dInputGradWorkspace } from './conv-input-grad';
export { conv2dWeightGrad, conv2dWeightGradScratch, conv2dWeightGradWorkspace } from './conv-weight-grad';
export { iotaFloat, iotaInt, randomBits } from './create';
export { softmaxCrossEntropy, softmaxCrossEntropyGrad } from './cross-entropy';
export { gemmWorkspace } from './gemm';
export { gather, indexAdd, indexSelect, scatterAdd } from './indexing';
export { layerNorm, layerNormGrad, layerNormWeightGrad } from './layer-norm';
export { copyBox, fill8, fill32 } from './layout';
export { attach, serve } from './jobs';
export { lstmCell, lstmCellGrad } from './lstm';
export { matmul } from './matmul';
export { heapBase } from './memory';
export { avgPool, avgPoolGrad, maxPoolIndices } from './pooling';
export { argReduce, cumulativeSum, reduceColumns, reduceRows, reduceRowsScratch } from './reduce';
export { reluGrad } from './relu-grad';
export { resize, resizeGrad, resizeWorkspace } from './resize';
export { select } from './select';
export { softmax, softmaxGrad } from './softmax';
export { argsort, argsortWorkspace } from './sort';
export { adamStep, momentumStep, sgdStep } from './steps';
export { notByte, notInt, testFloat, unaryFloat, unaryInt } from './unary';
export { winograd, winogradPays, winogradScratch, winogradWorkspace } from './winograd';
export {
  winogradWeightGrad, winogradWeightGradPays, winogradWeightGradScratch, winogradWeightGradWorkspace,
} from './winograd-weight-grad';
