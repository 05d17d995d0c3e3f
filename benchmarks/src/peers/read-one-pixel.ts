/** Waits until a texture is computed. Of that texture: a driver may answer for another one while this is still in the making. */
export function readOnePixel(gl: WebGL2RenderingContext, texture: WebGLTexture): void {
  const before: WebGLFramebuffer | null = gl.getParameter(gl.FRAMEBUFFER_BINDING);
  const framebuffer = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.FLOAT, new Float32Array(4));
  gl.bindFramebuffer(gl.FRAMEBUFFER, before);
  gl.deleteFramebuffer(framebuffer);
}
