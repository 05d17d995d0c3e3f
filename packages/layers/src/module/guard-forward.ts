import { runScope } from '@dl/tensor';
import { locateError } from './locate-error.ts';
import type { Module } from './module.ts';
import { currentObserver } from './observe-forward.ts';

type Forward = (...inputs: never[]) => unknown;

/**
 * A module's `forward`, inside a scope that frees intermediates, telling the observer, and with the module's path added to errors. It
 * becomes a property of the instance, so that subclasses override `forward` itself, as in PyTorch, and need call nothing.
 */
export function guardForward(module: Module, forward: Forward): Forward {
  return (...inputs) => {
    const observer = currentObserver();
    observer?.enter?.(module, inputs);
    try {
      const output = runScope(`forward of ${module.constructor.name}`, () => forward.apply(module, inputs));
      observer?.leave?.(module, output);
      return output;
    } catch (error) {
      throw locateError(error, module);
    }
  };
}
