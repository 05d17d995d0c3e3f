import { flattenJson } from '../flatten-json.ts';
import { html, table } from '../page/html.ts';
import type { Section } from '../page/section.ts';
import type { RunReport } from '../run-report.ts';

/** What the run was made of: a table for what stands alone, and one for each group. */
export function manifest({ manifest: json }: RunReport): Section | undefined {
  if (json === undefined) return undefined;
  const plain: [string, string][] = [];
  const groups: [string, [string, string][]][] = [];
  for (const [key, value] of Object.entries(json)) {
    const rows = flattenJson(value);
    if (rows.length === 1 && rows[0][0] === '') plain.push([key, rows[0][1]]);
    else if (rows.length > 0) groups.push([key, rows]);
  }
  const tables = [...(plain.length === 0 ? [] : [['Run', plain] as const]), ...groups];
  if (tables.length === 0) return undefined;
  return {
    id: 'manifest',
    title: 'Manifest',
    body: html('div', { class: 'beside free' }, ...tables.map(([name, rows]) => table(name, ['name', 'value'], rows))),
  };
}
