import { BackendError } from '@dl/kernels';
import type { CompileStats, GpuDevice, Launch, Storage } from '../gpu-device.ts';
import type { GpuJs } from '../gpujs.ts';
import { glsl } from '../language/glsl.ts';
import { rowBits } from '../language/texture-row.ts';
import { ProgramCache } from '../program-cache.ts';
import { isSoftwareAdapter } from '../software.ts';
import { StoragePool, sizeClass } from '../storage-pool.ts';
import { compile, type GlProgram } from './compile.ts';

/** Texels of a row of a texture. */
const row = 1 << rowBits;

class TextureStorage implements Storage {
  readonly texture: WebGLTexture;
  readonly texels: number;

  constructor(texture: WebGLTexture, texels: number) {
    this.texture = texture;
    this.texels = texels;
  }

  get bytes(): number {
    return this.texels * 16;
  }
}

/** gpu.js kernels on WebGL2. gpu.js writes and compiles the shaders; textures, framebuffer and drawing are ours. */
export class WebGlDevice implements GpuDevice {
  readonly mode: 'webgl2' | 'headlessgl';
  readonly adapter: string;
  readonly isSoftware: boolean;
  readonly #gl: WebGL2RenderingContext;
  readonly #programs: ProgramCache<GlProgram>;
  readonly #pool: StoragePool<TextureStorage>;
  readonly #framebuffer: WebGLFramebuffer;
  readonly #mostRows: number;
  #lost: string | undefined;
  #last: TextureStorage | undefined;

  constructor(gpujs: GpuJs, gl: WebGL2RenderingContext, mode: 'webgl2' | 'headlessgl') {
    this.mode = mode;
    this.adapter = adapterOf(gl);
    this.isSoftware = isSoftwareAdapter(this.adapter);
    this.#gl = gl;
    this.#mostRows = gl.getParameter(gl.MAX_TEXTURE_SIZE);
    this.#programs = new ProgramCache(
      (program) => compile(gpujs, gl, program.source(glsl)),
      ({ program, square }) => {
        gl.deleteProgram(program);
        gl.deleteVertexArray(square);
      },
    );
    this.#pool = new StoragePool({
      sizeOf: (texels) => (texels <= row ? sizeClass(texels) : sizeClass(Math.ceil(texels / row)) * row),
      create: (texels) => this.#create(texels),
      destroy: ({ texture }) => gl.deleteTexture(texture),
    });
    this.#framebuffer = gl.createFramebuffer();
  }

  get lost(): string | undefined {
    if (this.#lost === undefined && this.#gl.isContextLost()) this.#lost = 'the browser took the WebGL context away';
    return this.#lost;
  }

  get reservedBytes(): number {
    return this.#pool.reservedBytes;
  }

  get compiled(): CompileStats {
    return this.#programs.stats;
  }

  allocate(elements: number): TextureStorage {
    return this.#pool.take(Math.ceil(elements / 4));
  }

  free(storage: Storage): void {
    this.#pool.give(own(storage));
  }

  write(storage: Storage, data: Float32Array): void {
    const gl = this.#gl;
    const texels = Math.ceil(data.length / 4);
    const whole = data.length === texels * 4 ? data : new Float32Array(texels * 4);
    if (whole !== data) whole.set(data);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, own(storage).texture);
    const rows = Math.floor(texels / row);
    const rest = texels % row;
    if (rows > 0) gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, row, rows, gl.RGBA, gl.FLOAT, whole, 0);
    if (rest > 0) gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, rows, rest, 1, gl.RGBA, gl.FLOAT, whole, rows * row * 4);
  }

  launch({ program, inputs, ints, floats, output }: Launch): void {
    const gl = this.#gl;
    const compiled = this.#programs.get(program);
    const target = own(output);
    gl.useProgram(compiled.program);
    gl.bindVertexArray(compiled.square);
    for (let i = 0; i < inputs.length; i++) {
      gl.activeTexture(gl.TEXTURE0 + i);
      gl.bindTexture(gl.TEXTURE_2D, own(inputs[i]).texture);
    }
    for (let i = 0; i < ints.length; i++) gl.uniform1i(compiled.ints[i], ints[i]);
    for (let i = 0; i < floats.length; i++) gl.uniform1f(compiled.floats[i], floats[i]);
    this.#attach(target);
    gl.viewport(0, 0, Math.min(target.texels, row), Math.ceil(target.texels / row));
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    this.#last = target;
  }

  readNow(storage: Storage, elements: number): Float32Array {
    const gl = this.#gl;
    const texels = Math.ceil(elements / 4);
    const width = Math.min(texels, row);
    const height = Math.ceil(texels / row);
    const data = new Float32Array(width * height * 4);
    this.#attach(own(storage));
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.FLOAT, data);
    const { lost } = this;
    if (lost !== undefined) throw new BackendError('read', `the ${this.mode} device must be there, got a lost one: ${lost}`);
    return data.slice(0, elements);
  }

  async read(storage: Storage, elements: number): Promise<Float32Array> {
    return this.readNow(storage, elements);
  }

  /** A read of one texel waits for all work before it. */
  async sync(): Promise<void> {
    if (this.#last !== undefined) this.readNow(this.#last, 4);
  }

  dispose(): void {
    this.#lost ??= 'the backend was disposed';
    this.#programs.clear();
    this.#pool.clear();
    // Browsers keep sixteen contexts or so and take the oldest away: this one is given back at once.
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  #attach({ texture }: TextureStorage): void {
    const gl = this.#gl;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#framebuffer);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  }

  #create(texels: number): TextureStorage {
    const gl = this.#gl;
    const width = Math.min(texels, row);
    const height = Math.ceil(texels / row);
    if (height > this.#mostRows) {
      const most = this.#mostRows * row * 4;
      throw new BackendError(
        'allocate',
        `a tensor must have at most ${most} elements in a texture of this adapter, got ${texels * 4}`,
      );
    }
    const texture = gl.createTexture();
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA32F, width, height);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    return new TextureStorage(texture, texels);
  }
}

function own(storage: Storage): TextureStorage {
  if (storage instanceof TextureStorage) return storage;
  throw new BackendError('webgl2', 'storage must be of a WebGL device, got another');
}

function adapterOf(gl: WebGL2RenderingContext): string {
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(names === null ? gl.RENDERER : names.UNMASKED_RENDERER_WEBGL));
}
