/** `runningMean` as PyTorch spells it, `running_mean`; a name that is so spelled already stays. */
export function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}
