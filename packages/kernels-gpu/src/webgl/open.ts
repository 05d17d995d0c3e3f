import { BackendError } from '@dl/kernels';
import { loadGpuJs } from '../gpujs.ts';
import { rowBits } from '../language/texture-row.ts';
import { WebGlDevice } from './webgl-device.ts';

/** A WebGL2 context of its own. */
export async function openWebGl(): Promise<WebGlDevice> {
  const refuse = (got: string) => new BackendError('createGpuBackend', `mode 'webgl2' must be available, got ${got}`);
  const gl = createContext();
  if (gl === null) throw refuse('no WebGL2 context');
  if (gl.getExtension('EXT_color_buffer_float') === null)
    throw refuse('a context that cannot write floats (EXT_color_buffer_float)');
  const most: number = gl.getParameter(gl.MAX_TEXTURE_SIZE);
  if (most < 1 << rowBits) throw refuse(`textures of at most ${most} texels a side`);
  const gpujs = await loadGpuJs();
  if (!gpujs.WebGL2Kernel.isSupported) throw refuse('a platform that gpu.js does not take for WebGL2');
  return new WebGlDevice(gpujs, gl);
}

function createContext(): WebGL2RenderingContext | null {
  const settings: WebGLContextAttributes = { alpha: false, depth: false, antialias: false, powerPreference: 'high-performance' };
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(1, 1).getContext('webgl2', settings);
  if (typeof document !== 'undefined') return document.createElement('canvas').getContext('webgl2', settings);
  return null;
}
