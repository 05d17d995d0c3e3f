import { BackendError } from '@dl/kernels';
import { loadGpuJs } from '../gpujs.ts';
import { rowBits } from '../language/texture-row.ts';
import { WebGlDevice } from './webgl-device.ts';

/**
 * A device on a WebGL2 context.
 *
 * @param given - a context of a headless implementation; without one the browser makes one
 */
export async function openWebGl(given?: WebGL2RenderingContext): Promise<WebGlDevice> {
  const mode = given === undefined ? 'webgl2' : 'headlessgl';
  const refuse = (got: string) => new BackendError('createGpuBackend', `mode '${mode}' must be available, got ${got}`);
  const gl = given ?? createContext();
  if (gl === null) throw refuse('no WebGL2 context');
  if (typeof gl.texStorage2D !== 'function') throw refuse('a context of WebGL1');
  if (gl.getExtension('EXT_color_buffer_float') === null)
    throw refuse('a context that cannot write floats (EXT_color_buffer_float)');
  const most: number = gl.getParameter(gl.MAX_TEXTURE_SIZE);
  if (most < 1 << rowBits) throw refuse(`textures of at most ${most} texels a side`);
  return new WebGlDevice(await loadGpuJs(), gl, mode);
}

function createContext(): WebGL2RenderingContext | null {
  const settings: WebGLContextAttributes = { alpha: false, depth: false, antialias: false, powerPreference: 'high-performance' };
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(1, 1).getContext('webgl2', settings);
  if (typeof document !== 'undefined') return document.createElement('canvas').getContext('webgl2', settings);
  return null;
}
