import type { Storage } from '../gpu-device.ts';

/** Texels along each axis of a texture. */
export interface TextureShape {
  readonly width: number;
  readonly height: number;
  readonly layers: number;
}

/** A texture, an array of textures where it has several layers, with the framebuffer that draws into all of them. */
export class TextureStorage implements Storage {
  readonly size: number | string;
  readonly bytes: number;
  readonly width: number;
  readonly framebuffer: WebGLFramebuffer;
  readonly #texture: WebGLTexture;
  readonly #target: GLenum;

  constructor(gl: WebGL2RenderingContext, size: number | string, { width, height, layers }: TextureShape) {
    this.size = size;
    this.bytes = width * height * layers * 16;
    this.width = width;
    this.#texture = gl.createTexture();
    this.#target = layers === 1 ? gl.TEXTURE_2D : gl.TEXTURE_2D_ARRAY;
    this.framebuffer = gl.createFramebuffer();
    gl.activeTexture(gl.TEXTURE0);
    this.bind(gl);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.framebuffer);
    if (layers === 1) {
      gl.texStorage2D(this.#target, 1, gl.RGBA32F, width, height);
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, this.#target, this.#texture, 0);
    } else {
      gl.texStorage3D(this.#target, 1, gl.RGBA32F, width, height, layers);
      const attachments = Array.from({ length: layers }, (_, layer) => gl.COLOR_ATTACHMENT0 + layer);
      for (const [layer, attachment] of attachments.entries()) {
        gl.framebufferTextureLayer(gl.FRAMEBUFFER, attachment, this.#texture, 0, layer);
      }
      gl.drawBuffers(attachments);
    }
    gl.texParameteri(this.#target, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(this.#target, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    gl.texParameteri(this.#target, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(this.#target, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  }

  /** Binds the texture to the active unit. */
  bind(gl: WebGL2RenderingContext): void {
    gl.bindTexture(this.#target, this.#texture);
  }

  delete(gl: WebGL2RenderingContext): void {
    gl.deleteFramebuffer(this.framebuffer);
    gl.deleteTexture(this.#texture);
  }
}
