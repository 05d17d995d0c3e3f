import { BackendError } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import { type GpuJs, loadGpuJs } from '../src/gpujs.ts';
import type { KernelSource } from '../src/kernel-source.ts';
import { wgsl } from '../src/language/wgsl.ts';
import { translate } from '../src/webgpu/compile.ts';

const gpujs = await loadGpuJs();

const scaled: KernelSource = {
  buffers: ['a'],
  ints: ['from'],
  floats: ['factor'],
  functions: ['function twice(x) { return 2 * x; }'],
  natives: [{ name: 'load', returns: 'vec4', parameters: [], body: `return ${wgsl.texel('a', wgsl.argument('from'))};` }],
  body: 'const v = load(); return [twice(v[0]) * factor, v[1], v[2], v[3]];',
};

const whole: KernelSource = {
  buffers: ['a', 'b'],
  ints: ['m', 'n'],
  natives: [],
  body: 'return [0, 0, 0, 0];',
  entry: '@compute @workgroup_size(8, 8, 1) fn main() { result[0] = user_a[params.user_m] + user_b[params.user_n]; }',
};

describe('what the backend uses of gpu.js', () => {
  it('translates JavaScript to WGSL over texels, and calls the natives', () => {
    const { code, buffers, scalars, paramsBytes } = translate(gpujs, scaled);
    expect(code).toContain('var<storage, read> user_a : array<vec4<f32>>;');
    expect(code).toMatch(/result\[data_index\] = \w+;/);
    expect(code).toContain('fn load() -> vec4<f32> { return user_a[params.user_from]; }');
    expect(code).toMatch(/ load\(\)/);
    expect(code).toContain('fn fn_twice(');
    expect(buffers).toBe(1);
    expect(scalars.map(({ name, offset }) => [name, offset])).toEqual([
      ['from', 32],
      ['factor', 36],
    ]);
    expect(paramsBytes).toBe(48);
  });

  it('writes bindings and parameters before an entry point, which is all the rest', () => {
    const { code, scalars } = translate(gpujs, whole);
    expect(code).toContain('@group(0) @binding(2) var<storage, read> user_b : array<vec4<f32>>;');
    expect(code).toContain('@group(0) @binding(3) var<storage, read_write> result : array<vec4<f32>>;');
    expect(code).toMatch(/struct Params {[^}]*user_m : i32,\s+user_n : i32,\s+}/);
    expect(code.match(/fn /g)).toEqual(['fn ']);
    expect(code.endsWith(whole.entry ?? '')).toBe(true);
    expect(scalars.map(({ offset }) => offset)).toEqual([48, 52]);
  });

  it.each([
    ['array<f32>', scaled],
    ['fn get_user_a', scaled],
    ['result[data_index * 4 + 0]', scaled],
    ['result[data_index * 4 + 3]', scaled],
    ['array<f32>', whole],
    ['var<private> threadGid', whole],
    ['@compute', whole],
  ])('refuses a gpu.js that writes other text than %s', (text, source) => {
    expect(() => translate(without(text), source)).toThrow(BackendError);
  });

  it('has what WebGL2 needs', () => {
    expect(gpujs.WebGL2Kernel.mode).toBe('gpu');
    for (const name of ['_getMainArgumentsString', 'getFragmentShader', 'build'])
      expect(gpujs.WebGL2Kernel.prototype).toHaveProperty(name);
  });
});

/** gpu.js, but for some text of its shaders. */
function without(text: string): GpuJs {
  const WebGPUKernel = class extends gpujs.WebGPUKernel {
    override assembleWGSL(): string {
      return super.assembleWGSL().replaceAll(text, 'other');
    }
  };
  return { ...gpujs, WebGPUKernel };
}
