import type { Backend, FusedKernelName, KernelName } from '@dl/kernels';

/** A backend that notes which kernels run on it. */
export interface SpyBackend {
  readonly backend: Backend;
  readonly kernels: ReadonlySet<KernelName>;
  readonly fused: ReadonlySet<FusedKernelName>;
}

/** Wraps a backend. */
export function spyOn(inner: Backend): SpyBackend {
  const kernels = new Set<KernelName>();
  const fused = new Set<FusedKernelName>();
  const backend: Backend = {
    name: inner.name,
    info: () => inner.info(),
    supports: (kernel, dtype) => inner.supports(kernel, dtype),
    upload: (data, spec) => inner.upload(data, spec),
    run(kernel, inputs, attrs, out) {
      kernels.add(kernel);
      return inner.run(kernel, inputs, attrs, out);
    },
    fuses: (kernel, dtype) => inner.fuses(kernel, dtype),
    runFused(kernel, inputs, attrs, outs) {
      fused.add(kernel);
      return inner.runFused(kernel, inputs, attrs, outs);
    },
    read: (input) => inner.read(input),
    retain: (buffer) => inner.retain(buffer),
    release: (buffer) => inner.release(buffer),
    offload: (buffer) => inner.offload(buffer),
    sync: () => inner.sync(),
    stats: () => inner.stats(),
    dispose: () => inner.dispose(),
  };
  return { backend, kernels, fused };
}
