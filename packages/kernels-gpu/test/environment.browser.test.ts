import type { GPUInternalMode, Kernel } from 'gpu.js';
import { describe, expect, it } from 'vitest';

describe('the page in which this package is tested', () => {
  it('has a WebGPU adapter, which says that it is emulated', async () => {
    const adapter = await navigator.gpu.requestAdapter();
    expect(adapter?.info).toMatchObject({ architecture: 'swiftshader', isFallbackAdapter: true });
  });

  it('has WebGL2 that renders to floats, and says that it is emulated', () => {
    const gl = document.createElement('canvas').getContext('webgl2');
    expect(gl?.getExtension('EXT_color_buffer_float')).toBeTruthy();
    const names = gl?.getExtension('WEBGL_debug_renderer_info');
    expect(gl?.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? 0)).toContain('SwiftShader');
  });
});

describe('gpu.js, loaded lazily', () => {
  it('runs a kernel on WebGPU', async () => {
    const kernel = await twice('webgpu');
    expect(kernel.constructor).toHaveProperty('mode', 'webgpu');
    expect(kernel.fallbackReason).toBe(null);
  });

  it('runs a kernel on WebGL2', async () => {
    const { WebGL2Kernel } = await import('gpu.js');
    const kernel = await twice('webgl2');
    // Not its mode, which is `gpu` for every kind of WebGL.
    expect(kernel.constructor).toBe(WebGL2Kernel);
    expect(kernel.fallbackReason).toBe(null);
  });
});

/** Runs a kernel in `mode`, and returns what gpu.js made of it. */
async function twice(mode: GPUInternalMode): Promise<Kernel> {
  const { GPU } = await import('gpu.js');
  const gpu = new GPU({ mode });
  const run = gpu.createKernel('function (x) { return x[this.thread.x] * 2; }', { output: [3], precision: 'single' });
  expect(await run([1, -2, 0.5])).toEqual(Float32Array.of(2, -4, 1));
  await gpu.destroy();
  return run.kernel;
}
