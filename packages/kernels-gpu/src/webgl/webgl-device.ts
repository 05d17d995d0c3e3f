import { BackendError } from '@dl/kernels';
import type { CompileStats, GpuDevice, Launch, SheetMaker, Storage } from '../gpu-device.ts';
import type { GpuJs } from '../gpujs.ts';
import { glsl } from '../language/glsl.ts';
import { rowBits } from '../language/texture-row.ts';
import { ProgramCache } from '../program-cache.ts';
import { isSoftwareAdapter } from '../software.ts';
import { StoragePool, sizeClass } from '../storage-pool.ts';
import { compile, type GlProgram } from './compile.ts';
import { type TextureShape, TextureStorage } from './texture-storage.ts';

/** Layers that programs fill at once; nearly every adapter has as many draw buffers. */
const mostLayers = 8;

/** Texels of a row of a texture. */
const row = 1 << rowBits;

/** gpu.js kernels on WebGL2. gpu.js writes and compiles the shaders; textures, framebuffer and drawing are ours. */
export class WebGlDevice implements GpuDevice {
  readonly mode: 'webgl2' | 'headlessgl';
  readonly adapter: string;
  readonly isSoftware: boolean;
  readonly #gl: WebGL2RenderingContext;
  readonly #programs: ProgramCache<GlProgram>;
  readonly #pool: StoragePool<TextureStorage>;
  readonly sheets: SheetMaker | undefined;
  readonly #side: number;
  #lost: string | undefined;
  #last: TextureStorage | undefined;

  constructor(gpujs: GpuJs, gl: WebGL2RenderingContext, mode: 'webgl2' | 'headlessgl') {
    this.mode = mode;
    this.adapter = adapterOf(gl);
    this.isSoftware = isSoftwareAdapter(this.adapter);
    this.#gl = gl;
    this.#side = gl.getParameter(gl.MAX_TEXTURE_SIZE);
    this.#programs = new ProgramCache(
      (program) => compile(gpujs, gl, program.source(glsl)),
      ({ program, square }) => {
        gl.deleteProgram(program);
        gl.deleteVertexArray(square);
      },
    );
    this.#pool = new StoragePool((storage) => storage.delete(gl));
    if (gl.getParameter(gl.MAX_DRAW_BUFFERS) >= mostLayers) {
      this.sheets = {
        side: this.#side,
        allocate: (width, height, layers) => this.#take(`${width} ${height} ${layers}`, { width, height, layers }),
      };
    }
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
    const texels = Math.max(Math.ceil(elements / 4), 1);
    const [width, height] = texels <= row ? [sizeClass(texels), 1] : [row, sizeClass(Math.ceil(texels / row))];
    return this.#take(width * height, { width, height, layers: 1 });
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
    own(storage).bind(gl);
    const rows = Math.floor(texels / row);
    const rest = texels % row;
    if (rows > 0) gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, row, rows, gl.RGBA, gl.FLOAT, whole, 0);
    if (rest > 0) gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, rows, rest, 1, gl.RGBA, gl.FLOAT, whole, rows * row * 4);
  }

  launch({ program, inputs, ints, floats, output, texels }: Launch): void {
    const gl = this.#gl;
    const compiled = this.#programs.get(program);
    const target = own(output);
    gl.useProgram(compiled.program);
    gl.bindVertexArray(compiled.square);
    for (let i = 0; i < inputs.length; i++) {
      gl.activeTexture(gl.TEXTURE0 + i);
      own(inputs[i]).bind(gl);
    }
    for (let i = 0; i < ints.length; i++) gl.uniform1i(compiled.ints[i], ints[i]);
    for (let i = 0; i < floats.length; i++) gl.uniform1f(compiled.floats[i], floats[i]);
    gl.bindFramebuffer(gl.FRAMEBUFFER, target.framebuffer);
    gl.viewport(0, 0, Math.min(texels, target.width), Math.ceil(texels / target.width));
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    this.#last = target;
  }

  readNow(storage: Storage, elements: number): Float32Array {
    const gl = this.#gl;
    const texels = Math.ceil(elements / 4);
    const width = Math.min(texels, row);
    const height = Math.ceil(texels / row);
    const data = new Float32Array(width * height * 4);
    gl.bindFramebuffer(gl.FRAMEBUFFER, own(storage).framebuffer);
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

  #take(size: number | string, shape: TextureShape): TextureStorage {
    return this.#pool.take(size, () => {
      if (Math.max(shape.width, shape.height) <= this.#side) return new TextureStorage(this.#gl, size, shape);
      throw new BackendError(
        'allocate',
        `a tensor must have at most ${this.#side * row * 4} elements in a texture of this adapter, got ${shape.width * shape.height * 4}`,
      );
    });
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
