import { Adagrad, Adam, AdamW, NAdam, RAdam, RMSprop, SGD } from '@dl/optim';
import type { Parameter } from '@dl/tensor';

/** What every optimiser here is told. */
export interface OptimizerHyper {
  readonly lr: number;
  readonly weightDecay: number;
}

/** An optimiser that {@link optimizers} makes. */
export type AnyOptimizer = SGD | Adam | AdamW | RMSprop | Adagrad | NAdam | RAdam;

/** The names of `--optimizer`. */
export type OptimizerName = 'sgd' | 'momentum' | 'nesterov' | 'adam' | 'adamw' | 'nadam' | 'radam' | 'rmsprop' | 'adagrad';

type Make = (params: readonly Parameter[], hyper: OptimizerHyper) => AnyOptimizer;

/** Optimisers by name, with their usual settings. */
export const optimizers: { readonly [N in OptimizerName]: Make } = {
  sgd: (params, hyper) => new SGD(params, hyper),
  momentum: (params, hyper) => new SGD(params, { ...hyper, momentum: 0.9 }),
  nesterov: (params, hyper) => new SGD(params, { ...hyper, momentum: 0.9, nesterov: true }),
  adam: (params, hyper) => new Adam(params, hyper),
  adamw: (params, hyper) => new AdamW(params, hyper),
  nadam: (params, hyper) => new NAdam(params, hyper),
  radam: (params, hyper) => new RAdam(params, hyper),
  rmsprop: (params, hyper) => new RMSprop(params, hyper),
  adagrad: (params, hyper) => new Adagrad(params, hyper),
};

/** The names of {@link optimizers}. */
export const optimizerNames: readonly OptimizerName[] = Object.keys(optimizers) as OptimizerName[];
