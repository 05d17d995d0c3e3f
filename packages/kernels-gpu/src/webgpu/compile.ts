import { type GpuJs, type GpuJsWebGpuKernel, javaScriptOf, nativeText, replaced, type ScalarSlot, settingsOf } from '../gpujs.ts';
import type { KernelSource } from '../kernel-source.ts';
import { wgsl } from '../language/wgsl.ts';

/** A kernel as WGSL, and where its arguments go. */
export interface Translation {
  readonly code: string;
  readonly buffers: number;
  readonly scalars: readonly ScalarSlot[];
  readonly paramsBytes: number;
}

/**
 * Has gpu.js translate a kernel. Its buffers become arrays of texels, and the natives go before the kernel; the rest of the text is
 * gpu.js' own. It never asks for a device: that part of its kernel is not run.
 */
export function translate({ WebGPUKernel }: GpuJs, source: KernelSource): Translation {
  const kernel: GpuJsWebGpuKernel = new WebGPUKernel(javaScriptOf(source), {
    ...settingsOf(source, 'WebGPUBuffer'),
    output: [1],
  });
  const assemble = kernel.assembleWGSL;
  kernel.assembleWGSL = function (this: GpuJsWebGpuKernel) {
    return withTexels(assemble.call(this), source);
  };
  kernel._buildAsync = () => Promise.resolve();
  const scalars = (source.ints?.length ?? 0) + (source.floats?.length ?? 0);
  kernel.build(...source.buffers.map(() => ({ type: 'WebGPUBuffer', output: [1] })), ...new Array<number>(scalars).fill(1));
  const { scalarArgs, byteLength } = kernel.paramsLayout;
  return { code: kernel.compiledSource, buffers: source.buffers.length, scalars: scalarArgs, paramsBytes: byteLength };
}

function withTexels(text: string, source: KernelSource): string {
  let code = `alias float = f32;\nalias int = i32;\n${replaced(text, 'array<f32>', 'array<vec4<f32>>')}`;
  // All that follows the bindings.
  if (source.entry !== undefined) return replaced(code, /var<private> threadGid[\s\S]*@compute[\s\S]*/, '') + source.entry;
  for (const name of source.buffers) code = replaced(code, new RegExp(`fn get_user_${name}\\([^}]*}`), '');
  code = replaced(code, /result\[data_index \* 4 \+ 0\] = (\w+)\.x;/, 'result[data_index] = $1;');
  for (const [i, part] of [...'yzw'].entries()) {
    code = replaced(code, new RegExp(`result\\[data_index \\* 4 \\+ ${i + 1}\\] = \\w+\\.${part};`), '');
  }
  for (const { name } of source.natives) code = code.replaceAll(`fn_${name}(`, `${name}(`);
  return `${code}\n${nativeText(source, wgsl)}`;
}
