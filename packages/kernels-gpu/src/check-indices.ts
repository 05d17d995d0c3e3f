import {
  ArgumentError,
  type FusedKernelName,
  type KernelInput,
  type KernelName,
  type TensorSpec,
  type TypedArray,
} from '@dl/kernels';

/** Which input of a kernel holds indices, and of what they choose. */
interface Indexed {
  readonly input: number;
  extent(inputs: readonly KernelInput[], out: TensorSpec, axis: number): number;
}

const ofInput: Indexed = { input: 1, extent: ([x], _, axis) => x.shape[axis] };
const ofOutput: Indexed = { input: 0, extent: (_, out, axis) => out.shape[axis] };

const indexed: { readonly [K in KernelName | FusedKernelName]?: Indexed } = {
  gather: ofInput,
  indexSelect: ofInput,
  scatterAdd: ofOutput,
  indexAdd: ofOutput,
  softmaxCrossEntropy: { input: 1, extent: ([x]) => x.shape[1] },
};

/**
 * Refuses indices out of range where their values are on the host, as those of a dataset are. On the device nobody sees them: they
 * give some value there.
 *
 * @param hosts - the elements of each input that are on the host
 */
export function checkIndices(
  kernel: KernelName | FusedKernelName,
  inputs: readonly KernelInput[],
  hosts: readonly (TypedArray | undefined)[],
  attrs: object,
  out: TensorSpec,
): void {
  const rule = indexed[kernel];
  const indices = rule === undefined ? undefined : hosts[rule.input];
  if (rule === undefined || indices === undefined) return;
  const { axis = 0, ignoreIndex }: { readonly axis?: number; readonly ignoreIndex?: number } = attrs;
  const extent = rule.extent(inputs, out, axis);
  for (const index of indices) {
    if ((index >= 0 && index < extent) || index === ignoreIndex) continue;
    throw new ArgumentError(kernel, `indices must be in [0, ${extent}), got ${index}`);
  }
}
