export { Adadelta } from './adadelta.ts';
export { Adagrad } from './adagrad.ts';
export { Adam } from './adam.ts';
export { Adamax } from './adamax.ts';
export { AdamW } from './adamw.ts';
export type { AverageFn } from './averaging/average-fn.ts';
export {
  type Averageable,
  AveragedModel,
  type AveragedModelOptions,
  type AveragedModelStateDict,
} from './averaging/averaged-model.ts';
export { getEmaAvgFn } from './averaging/get-ema-avg-fn.ts';
export { getSwaAvgFn } from './averaging/get-swa-avg-fn.ts';
export { clipGradNorm } from './gradients/clip-grad-norm.ts';
export { clipGradValue } from './gradients/clip-grad-value.ts';
export { type TotalNormOptions, totalNorm } from './gradients/total-norm.ts';
export { LBFGS } from './lbfgs/lbfgs.ts';
export type { LBFGSClosure, LBFGSHyper } from './lbfgs/lbfgs-step.ts';
export { NAdam } from './nadam.ts';
export { Optimizer, type ParameterGroup, type ParameterSource } from './optimizer.ts';
export type { OptimizerStateDict } from './optimizer-state.ts';
export { l1Penalty } from './penalties/l1-penalty.ts';
export { l2Penalty } from './penalties/l2-penalty.ts';
export { RAdam } from './radam.ts';
export { RMSprop } from './rmsprop.ts';
export { Rprop } from './rprop.ts';
export { type AdadeltaHyper, type AdadeltaState, adadeltaRule } from './rules/adadelta-rule.ts';
export { type AdagradHyper, type AdagradState, adagradRule } from './rules/adagrad-rule.ts';
export { type AdamHyper, type AdamState, adamRule } from './rules/adam-rule.ts';
export { type AdamaxState, adamaxRule } from './rules/adamax-rule.ts';
export { adamWRule } from './rules/adamw-rule.ts';
export { type ClassicalMomentumState, classicalMomentumRule, type MomentumHyper } from './rules/classical-momentum-rule.ts';
export type { DescentHyper } from './rules/descent.ts';
export type { MomentsHyper, MomentsState } from './rules/moments.ts';
export { type NAdamHyper, type NAdamState, nadamRule } from './rules/nadam-rule.ts';
export { type ProximalL1Hyper, proximalL1Rule } from './rules/proximal-l1-rule.ts';
export { radamRule } from './rules/radam-rule.ts';
export { type RMSpropHyper, type RMSpropState, rmspropRule } from './rules/rmsprop-rule.ts';
export { type RpropHyper, type RpropState, rpropRule } from './rules/rprop-rule.ts';
export { type SGDHyper, type SGDState, sgdRule } from './rules/sgd-rule.ts';
export { signRule } from './rules/sign-rule.ts';
export { type TwoTermMomentumState, twoTermMomentumRule } from './rules/two-term-momentum-rule.ts';
export { chained } from './schedules/chained.ts';
export { ChainedScheduler } from './schedules/chained-scheduler.ts';
export { type ConstantFactorOptions, constantFactor } from './schedules/constant-factor.ts';
export { ConstantLR } from './schedules/constant-lr.ts';
export { type CosineAnnealingOptions, cosineAnnealing } from './schedules/cosine-annealing.ts';
export { CosineAnnealingLR } from './schedules/cosine-annealing-lr.ts';
export { CosineAnnealingWarmRestarts } from './schedules/cosine-annealing-warm-restarts.ts';
export { type CosineWarmRestartsOptions, cosineWarmRestarts } from './schedules/cosine-warm-restarts.ts';
export { type CyclicOptions, cyclic } from './schedules/cyclic.ts';
export { CyclicLR, type CyclicLROptions } from './schedules/cyclic-lr.ts';
export { type ExponentialDecayOptions, exponentialDecay } from './schedules/exponential-decay.ts';
export { ExponentialLR } from './schedules/exponential-lr.ts';
export { type InverseDecayOptions, inverseDecay } from './schedules/inverse-decay.ts';
export { LambdaLR, type LambdaLROptions } from './schedules/lambda-lr.ts';
export { type LinearFactorOptions, linearFactor } from './schedules/linear-factor.ts';
export { LinearLR } from './schedules/linear-lr.ts';
export {
  LRScheduler,
  type LRSchedulerOptions,
  type LRSchedulerStateDict,
  type Schedulable,
  type ScheduledHyper,
} from './schedules/lr-scheduler.ts';
export { type MultiStepDecayOptions, multiStepDecay } from './schedules/multi-step-decay.ts';
export { MultiStepLR } from './schedules/multi-step-lr.ts';
export { type OneCycleOptions, oneCycle } from './schedules/one-cycle.ts';
export { OneCycleLR, type OneCycleLROptions } from './schedules/one-cycle-lr.ts';
export { type PolynomialDecayOptions, polynomialDecay } from './schedules/polynomial-decay.ts';
export { PolynomialLR } from './schedules/polynomial-lr.ts';
export {
  ReduceLROnPlateau,
  type ReduceLROnPlateauOptions,
  type ReduceLROnPlateauStateDict,
} from './schedules/reduce-lr-on-plateau.ts';
export { type RobbinsMonro, robbinsMonro } from './schedules/robbins-monro.ts';
export { type Schedule, withDecayOrder } from './schedules/schedule.ts';
export { sequential } from './schedules/sequential.ts';
export { SequentialLR, type SequentialLROptions } from './schedules/sequential-lr.ts';
export { type StepDecayOptions, stepDecay } from './schedules/step-decay.ts';
export { StepLR } from './schedules/step-lr.ts';
export { SWALR, type SWALROptions } from './schedules/swalr.ts';
export { SGD, type SGDOptions } from './sgd.ts';
export type { Hyper, OptimizerState, Updated, UpdateRule } from './update-rule.ts';
