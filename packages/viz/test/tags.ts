import { expect } from 'vitest';

/** The tags of a picture, after a check that each is closed and that all its numbers are numbers. */
export function tagsOf(svg: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  for (const [, end, name, self] of svg.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)) {
    if (end === '/') expect(open.pop()).toBe(name);
    else {
      names.push(name);
      if (self === '') open.push(name);
    }
  }
  expect(open).toEqual([]);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  return names;
}

/** Where words stand. */
export function whereIs(svg: string, words: string): { readonly x: number; readonly y: number } {
  const found = [...svg.matchAll(/<text x="([^"]+)" y="([^"]+)"[^>]*>([^<]*)</g)].find(([, , , text]) => text === words);
  if (found === undefined) throw new Error(`no text ${words}`);
  return { x: Number(found[1]), y: Number(found[2]) };
}
