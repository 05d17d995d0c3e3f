import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { type Row, toMarkdown } from './report.ts';
import { train } from './suites/train.ts';

const suites: { readonly [name: string]: () => Promise<Row[]> } = { train };

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const unknown = positionals.filter((name) => !(name in suites));
if (unknown.length > 0) {
  console.error(`bench: suites are ${Object.keys(suites).join(', ')}, got ${unknown.join(', ')}`);
  process.exit(2);
}

console.log(
  `${cpus().length} × ${cpus()[0].model}, Node ${process.version}; medians [min–max] of interleaved rounds, ratio = peer / ours\n`,
);
const rows: Row[] = [];
for (const name of positionals.length > 0 ? positionals : Object.keys(suites)) {
  const made = await suites[name]();
  console.log(`### ${name}\n\n${toMarkdown(made)}\n`);
  rows.push(...made);
}
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ rows }, null, 2)}\n`);
