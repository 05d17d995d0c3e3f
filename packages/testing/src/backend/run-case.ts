import { type Backend, bytesPerElement, type HostTensor, type KernelInput, type KernelName, sizeOf } from '@dl/kernels';
import { assertEqual } from '../compare.ts';
import type { KernelCase } from './kernel-case.ts';

/** Uploads elements; the caller owns the one reference. */
export function place(backend: Backend, { shape, dtype, data }: HostTensor): KernelInput {
  return { shape, dtype, buffer: backend.upload(data, { shape, dtype }) };
}

/**
 * Runs a kernel on fresh inputs and reads the output; nothing is left on the backend.
 *
 * @throws Error when the kernel changed an input, or the backend miscounts what it holds
 */
export async function runCase<K extends KernelName>(backend: Backend, kernel: K, one: KernelCase<K>): Promise<HostTensor> {
  const inputs = one.inputs.map((input) => place(backend, input));
  const before = backend.stats();
  const output: KernelInput = { ...one.out, buffer: backend.run(kernel, inputs, one.attrs, one.out) };
  const after = backend.stats();
  const bytes = sizeOf(one.out.shape) * bytesPerElement(one.out.dtype);
  if (after.buffers !== before.buffers + 1 || after.bytes !== before.bytes + bytes || output.buffer.bytes !== bytes) {
    throw new Error(
      `a run must add one buffer of ${bytes} bytes, got ${after.buffers - before.buffers} of ${after.bytes - before.bytes} bytes`,
    );
  }
  const result = { ...one.out, data: await backend.read(output) };
  for (const [i, input] of inputs.entries()) {
    assertEqual(`input ${i}, after the run,`, { ...one.inputs[i], data: await backend.read(input) }, one.inputs[i]);
  }
  for (const { buffer } of [...inputs, output]) backend.release(buffer);
  return result;
}
