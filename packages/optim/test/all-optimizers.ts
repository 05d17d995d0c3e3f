import type { Parameter } from '@dl/tensor';
import {
  Adadelta,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  classicalMomentumRule,
  type Hyper,
  NAdam,
  Optimizer,
  type OptimizerState,
  proximalL1Rule,
  RAdam,
  RMSprop,
  Rprop,
  SGD,
  signRule,
  twoTermMomentumRule,
} from '../src/index.ts';

/** Every optimiser that walks parameters, with options under which it remembers all that it can. */
export const allOptimizers: Record<string, (params: readonly Parameter[]) => Optimizer<Hyper, OptimizerState>> = {
  SGD: (params) => new SGD(params, { lr: 0.05 }),
  'SGD with momentum': (params) => new SGD(params, { lr: 0.02, momentum: 0.9, dampening: 0.1 }),
  'SGD after Nesterov': (params) => new SGD(params, { lr: 0.02, momentum: 0.8, nesterov: true }),
  Adam: (params) => new Adam(params, { lr: 0.1 }),
  'Adam with AMSGrad': (params) => new Adam(params, { lr: 0.1, amsgrad: true }),
  AdamW: (params) => new AdamW(params, { lr: 0.1, weightDecay: 1e-5 }),
  Adagrad: (params) => new Adagrad(params, { lr: 0.5 }),
  Adadelta: (params) => new Adadelta(params, { eps: 1e-2 }),
  RMSprop: (params) => new RMSprop(params, { lr: 0.01 }),
  'RMSprop, centred with momentum': (params) =>
    new RMSprop(params, { lr: 1e-3, alpha: 0.9, eps: 0.1, momentum: 0.9, centered: true }),
  Adamax: (params) => new Adamax(params, { lr: 0.05 }),
  NAdam: (params) => new NAdam(params, { lr: 0.05 }),
  RAdam: (params) => new RAdam(params, { lr: 0.1 }),
  Rprop: (params) => new Rprop(params, { lr: 0.1 }),
  SignSGD: (params) => new Optimizer(signRule, params, { lr: 1e-3 }),
  'classical momentum': (params) => new Optimizer(classicalMomentumRule, params, { lr: 0.02, momentum: 0.9 }),
  'two-term momentum': (params) => new Optimizer(twoTermMomentumRule, params, { lr: 0.02, momentum: 0.9 }),
  'the proximal step': (params) => new Optimizer(proximalL1Rule, params, { lr: 0.05, lambda: 0 }),
};
