import { type HostTensor, sameShape } from '@dl/kernels';
import { loadStateDict, type Module, stateDict } from '@dl/layers';
import type { Tensor } from '@dl/tensor';

/** What {@link loadMatching} did with each name. */
export interface MatchReport {
  /** In the model and the state dict, with one shape and dtype. */
  readonly loaded: readonly string[];
  /** In the model alone: keeps its value. */
  readonly missing: readonly string[];
  /** In the state dict alone. */
  readonly unexpected: readonly string[];
  /** In both with another shape or dtype: keeps its value. */
  readonly mismatched: readonly string[];
}

/**
 * Gives a model those values of a state dict that fit, and tells which did: for a trained backbone under a new head.
 *
 * @param model - any module
 * @param dict - by dotted PyTorch name
 * @example
 * const trained = new Sequential({ body: new Linear(4, 8), head: new Linear(8, 10) });
 * const model = new Sequential({ body: new Linear(4, 8), head: new Linear(8, 2) });
 * const report = loadMatching(model, stateDict(trained));
 * report.loaded; // ['body.weight', 'body.bias']
 * report.mismatched; // ['head.weight', 'head.bias']
 * freeze(model, 'body');
 * model.parameters().length; // 2
 */
export function loadMatching(model: Module, dict: ReadonlyMap<string, Tensor | HostTensor>): MatchReport {
  const own = stateDict(model);
  const fits = new Map<string, Tensor | HostTensor>();
  const mismatched: string[] = [];
  for (const [name, value] of dict) {
    const parameter = own.get(name);
    if (parameter === undefined) continue;
    if (sameShape(parameter.shape, value.shape) && parameter.dtype === value.dtype) fits.set(name, value);
    else mismatched.push(name);
  }
  loadStateDict(model, fits, { strict: false });
  return {
    loaded: [...fits.keys()],
    missing: [...own.keys()].filter((name) => !dict.has(name)),
    unexpected: [...dict.keys()].filter((name) => !own.has(name)),
    mismatched,
  };
}
