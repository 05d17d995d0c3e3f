import type { Backend, KernelAttrs, KernelBuffer, KernelInput, KernelName, TensorSpec } from '@dl/kernels';

/** Runs one kernel of several; its result can be an input of the next. */
export type RunKernel = <K extends KernelName>(
  kernel: K,
  inputs: readonly KernelInput[],
  attrs: KernelAttrs[K],
  out: TensorSpec,
) => KernelInput;

/** The forward of an op that takes several kernels: what they make is released, but the block that `fn` returns. */
export function runKernels(backend: Backend, fn: (run: RunKernel) => KernelInput): KernelBuffer {
  const made: KernelBuffer[] = [];
  let result: KernelBuffer | undefined;
  try {
    result = fn((kernel, inputs, attrs, { shape, dtype }) => {
      const buffer = backend.run(kernel, inputs, attrs, { shape, dtype });
      made.push(buffer);
      return { buffer, shape, dtype };
    }).buffer;
    return result;
  } finally {
    for (const buffer of made) if (buffer !== result) backend.release(buffer);
  }
}
