/** What computes behind either programming interface, as the browser tells. */
export async function adapters(): Promise<string> {
  return `WebGL2: ${webgl2()}. WebGPU: ${await webgpu()}.`;
}

function webgl2(): string {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (gl === null) return 'none';
  const extension = gl.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = gl.getParameter(extension?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return String(name);
}

async function webgpu(): Promise<string> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return 'none';
  const { vendor, architecture, device, description } = adapter.info;
  return [vendor, architecture, device, description].filter((part) => part !== '').join(', ') || 'no name given';
}
