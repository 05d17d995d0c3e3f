/** `step-000001234.safetensors`: names in the order of their steps. */
export function checkpointName(globalStep: number): string {
  return `step-${String(globalStep).padStart(9, '0')}.safetensors`;
}

/** The step of a checkpoint by its name; undefined for other files. */
export function stepOf(name: string): number | undefined {
  const [, step] = /^step-(\d{9,15})\.safetensors$/.exec(name) ?? [];
  return step === undefined ? undefined : Number(step);
}

/** Whether it is what a crash leaves of a checkpoint that was being written. */
export function isLeftover(name: string): boolean {
  return /^step-\d+\.safetensors\.[0-9a-f-]{36}\.tmp$/.test(name);
}
