const quote = 0x22;
const backslash = 0x5c;
const space = 0x20;

/**
 * The first key that an object in `json`, at any depth, has twice; undefined where there is none. `JSON.parse` keeps the
 * last of two without a word, and safetensors forbids both.
 *
 * @param json - text that `JSON.parse` takes
 */
export function findDuplicateKey(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (let i = 0; i < json.length; i++) {
    const char = json[i];
    if (char === '{') open.push(new Set());
    else if (char === '}') open.pop();
    else if (char === '"') {
      const start = i;
      i = closingQuote(json, start);
      if (json[skipSpace(json, i + 1)] !== ':') continue;
      const key: string = JSON.parse(json.slice(start, i + 1));
      const keys = open[open.length - 1];
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return undefined;
}

function closingQuote(json: string, start: number): number {
  let i = start + 1;
  while (json.charCodeAt(i) !== quote) i += json.charCodeAt(i) === backslash ? 2 : 1;
  return i;
}

function skipSpace(json: string, start: number): number {
  let i = start;
  while (json.charCodeAt(i) <= space) i++;
  return i;
}
