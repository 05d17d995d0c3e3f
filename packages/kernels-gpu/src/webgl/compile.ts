import { BackendError } from '@dl/kernels';
import {
  type GpuJs,
  type GpuJsWebGlKernel,
  javaScriptOf,
  nameOf,
  nativeText,
  parametersOf,
  replaced,
  settingsOf,
} from '../gpujs.ts';
import type { KernelSource } from '../kernel-source.ts';
import { glsl } from '../language/glsl.ts';

/** A compiled kernel, and where its arguments go. */
export interface GlProgram {
  readonly program: WebGLProgram;
  /** A square over the whole output. */
  readonly square: WebGLVertexArrayObject;
  readonly ints: readonly (WebGLUniformLocation | null)[];
  readonly floats: readonly (WebGLUniformLocation | null)[];
}

/** gpu.js sizes its canvas to fit its largest output. This backend draws into textures, so it gives it none. */
const canvas = { width: 1, height: 1 };

/** What gpu.js finds by opening a context of its own, where there is a page: here the context has been looked over already. */
const features = {
  isFloatRead: true,
  isTextureFloat: true,
  isIntegerDivisionAccurate: true,
  isDrawBuffers: true,
  kernelMap: true,
};

/** Heads of the kernel's JavaScript functions: GLSL wants them before they are called, and gpu.js writes them in any order. */
function prototypes({ functions = [] }: KernelSource): string {
  return functions
    .map(
      (text) =>
        `float ${nameOf(text)}(${parametersOf(text)
          .map(() => 'float')
          .join(', ')});\n`,
    )
    .join('');
}

/**
 * Has gpu.js translate, compile and link a kernel. The natives go before the kernel; all else is gpu.js' own. Of what it makes besides,
 * the program alone is kept: framebuffers and textures are ours.
 */
export function compile({ WebGL2Kernel }: GpuJs, gl: WebGL2RenderingContext, source: KernelSource): GlProgram {
  class Kernel extends WebGL2Kernel {
    static get features(): object {
      return features;
    }
  }
  const dummy = gl.createTexture();
  const texture = { type: 'ArrayTexture(4)', texture: dummy, size: [1, 1], dimensions: [1, 1, 1], output: [1, 1], context: gl };
  const settings = { ...settingsOf(source, 'ArrayTexture(4)'), output: [1, 1], context: gl, canvas };
  const kernel: GpuJsWebGlKernel = new Kernel(javaScriptOf(source), settings);
  const argumentText = kernel._getMainArgumentsString;
  kernel._getMainArgumentsString = function (this: GpuJsWebGlKernel, args: unknown) {
    return `${declarations(argumentText.call(this, args), source)}${prototypes(source)}${nativeText(source, glsl)}\n`;
  };
  const shaderText = kernel.getFragmentShader;
  kernel.getFragmentShader = function (this: GpuJsWebGlKernel, args: unknown) {
    return replaced(shaderText.call(this, args), 'out vec4 data0;', 'layout(location = 0) out vec4 data0;');
  };
  const scalars = (source.ints?.length ?? 0) + (source.floats?.length ?? 0);
  // Else gpu.js would point the square of the program before to a buffer of its own.
  gl.bindVertexArray(null);
  try {
    kernel.build(...source.buffers.map(() => texture), ...new Array<number>(scalars).fill(1));
  } finally {
    // gpu.js writes into a part of its canvas; this backend sets the viewport instead.
    gl.disable(gl.SCISSOR_TEST);
  }
  const { program } = kernel;
  if (kernel.fallbackRequested || !kernel.built || program === null) {
    throw new BackendError('compile', `gpu.js must compile a kernel for webgl2, got ${kernel.fallbackReason ?? 'no program'}`);
  }
  for (const made of [dummy, kernel.texture?.texture ?? null]) gl.deleteTexture(made);
  gl.deleteFramebuffer(kernel.framebuffer);
  gl.deleteBuffer(kernel.buffer);
  return ready(gl, program, source);
}

/** What gpu.js declares, and before the natives what it does not know: sheets of several layers, read or written. */
function declarations(text: string, { layers = 1, layered = [] }: KernelSource): string {
  const known = layered.reduce((all, name) => replaced(all, `sampler2D user_${name};`, `sampler2DArray user_${name};`), text);
  const outs = Array.from({ length: layers - 1 }, (_, i) => `layout(location = ${i + 1}) out vec4 data${i + 1};\n`);
  return known + outs.join('');
}

/** Sets what never changes: which unit each buffer is bound to, and the corners of the square. */
function ready(gl: WebGL2RenderingContext, program: WebGLProgram, source: KernelSource): GlProgram {
  gl.useProgram(program);
  gl.uniform2f(gl.getUniformLocation(program, 'ratio'), 1, 1);
  for (const [unit, name] of source.buffers.entries()) gl.uniform1i(gl.getUniformLocation(program, `user_${name}`), unit);
  const square = gl.createVertexArray();
  gl.bindVertexArray(square);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, Float32Array.of(-1, -1, 1, -1, -1, 1, 1, 1), gl.STATIC_DRAW);
  const corner = gl.getAttribLocation(program, 'aPos');
  gl.enableVertexAttribArray(corner);
  gl.vertexAttribPointer(corner, 2, gl.FLOAT, false, 0, 0);
  const locations = (names: readonly string[] = []) => names.map((name) => gl.getUniformLocation(program, `user_${name}`));
  return { program, square, ints: locations(source.ints), floats: locations(source.floats) };
}
