export { createModel, type ModelName, type ModelOptions, modelNames } from './create-model.ts';
export { type LeNet5Options, lenet5 } from './lenet5.ts';
export { type MLPOptions, mlp } from './mlp.ts';
export { type PerceptronOptions, perceptron } from './perceptron.ts';
