const emulated = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|warp/i;

/** Whether the adapter of that name computes on the CPU. */
export function isSoftwareAdapter(name: string): boolean {
  return emulated.test(name);
}
