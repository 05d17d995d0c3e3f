export { binaryRow, binaryStrided } from './binary';
export { cast } from './cast';
export {
  conv2d, conv2dInputGrad, conv2dInputGradWorkspace, conv2dWeightGrad, conv2dWeightGradWorkspace, conv2dWorkspace,
} from './conv';
export { iotaFloat, iotaInt, randomBits } from './create';
export { gemm, gemmWorkspace } from './gemm';
export { gather, indexAdd, indexSelect, scatterAdd } from './indexing';
export { copyBox, fill8, fill32 } from './layout';
export { heapBase } from './memory';
export { avgPool, avgPoolGrad, maxPoolIndices } from './pooling';
export { argReduce, cumulativeSum, reduceColumns, reduceRows } from './reduce';
export { resize, resizeGrad, resizeWorkspace } from './resize';
export { select } from './select';
export { argsort, argsortWorkspace } from './sort';
export { notByte, notInt, testFloat, unaryFloat, unaryInt } from './unary';
