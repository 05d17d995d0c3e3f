/** What JSON holds, by dotted path, as text: `[['lr', '0.1'], ['data.name', 'mnist']]`. Arrays of plain values are one. */
export function flattenJson(value: unknown, path = ''): [path: string, text: string][] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null)) return [[path, value.join(', ')]];
  return Object.entries(value).flatMap(([key, inner]) => flattenJson(inner, path === '' ? key : `${path}.${key}`));
}
