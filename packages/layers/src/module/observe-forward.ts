import type { Module } from './module.ts';

/** What is told of every forward pass of every module while it is installed with {@link observeForward}. */
export interface ForwardObserver {
  /** Before the module computes. */
  readonly enter?: ((module: Module, inputs: readonly unknown[]) => void) | undefined;
  /** After it has, with what it returns; not called when it throws. */
  readonly leave?: ((module: Module, output: unknown) => void) | undefined;
}

let current: ForwardObserver | undefined;

/** The observer in force. */
export function currentObserver(): ForwardObserver | undefined {
  return current;
}

/**
 * Runs `fn` while `observer` is told of every module's forward pass: PyTorch's forward hooks, without registration. An inner call
 * replaces the observer until it returns.
 *
 * @param fn - synchronous
 * @example
 * const model = new Sequential(new Linear(2, 3), new ReLU());
 * const seen: string[] = [];
 * observeForward({ leave: (module) => seen.push(module.constructor.name) }, () => model.forward(tensor([[1, 2]])));
 * seen // ['Linear', 'ReLU', 'Sequential']
 */
export function observeForward<T>(observer: ForwardObserver, fn: () => T): T {
  const outer = current;
  current = observer;
  try {
    return fn();
  } finally {
    current = outer;
  }
}
