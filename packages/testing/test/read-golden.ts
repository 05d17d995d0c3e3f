import { existsSync, readFileSync } from 'node:fs';
import type { Golden } from '../src/golden/golden.ts';
import { families } from '../src/records/index.ts';

const files = new Map<string, Golden | undefined>();

/** Reads `golden/<family>/<op>.json`, once. */
export function readGolden(op: string): Golden | undefined {
  if (!files.has(op)) {
    const family = Object.keys(families).find((name) => families[name].some((record) => record.name === op));
    const url = new URL(`../golden/${family}/${op}.json`, import.meta.url);
    files.set(op, existsSync(url) ? JSON.parse(readFileSync(url, 'utf8')) : undefined);
  }
  return files.get(op);
}
