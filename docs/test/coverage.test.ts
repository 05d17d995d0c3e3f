import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { root } from '../../tools/lib/workspaces.mjs';

/** A row of docs/coverage.md: what is done names its symbols and tests, what is not says why. */
interface Row {
  readonly id: string;
  readonly symbols: string;
  readonly tests: string;
}

const text = readFileSync(new URL('docs/coverage.md', root), 'utf8');
const rows: readonly Row[] = text
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => /^\d+\.\d+$/.test(cells[1] ?? ''))
  .map(([, id, , symbols, tests]) => ({ id, symbols, tests }));

const isOpen = ({ symbols }: Row): boolean => symbols.startsWith('open:') || symbols.startsWith('not ours:');

/** How many rows each section of the checklist has. */
const lengths: Readonly<Record<string, number>> = { 1: 25, 2: 30, 3: 19, 4: 26, 5: 13, 6: 40, 7: 16, 8: 10, 9: 17 };

/** `name` of each `package: a, b` in a cell. */
function* symbolsIn(cell: string): Generator<readonly [pack: string, name: string]> {
  for (const part of cell.split(';')) {
    const [pack, names] = part.split(':').map((piece) => piece.trim());
    for (const name of (names ?? '').split(',')) yield [pack, name.trim().replaceAll('`', '')];
  }
}

/** A file, and the words a test in it has in its name. */
function* testsIn(cell: string): Generator<readonly [file: string, words: string]> {
  for (const part of cell.split(';')) {
    const [file, words = ''] = part.trim().split(' › ');
    yield [file.replaceAll('`', ''), words];
  }
}

describe('docs/coverage.md', () => {
  it('has every row of the checklist, in order', () => {
    const ids = Object.entries(lengths).flatMap(([section, count]) =>
      Array.from({ length: count }, (_, i) => `${section}.${i + 1}`),
    );
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });

  it('says of every row what does it and what shows it, or why it is open', () => {
    const silent = rows.filter((row) => (isOpen(row) ? row.symbols.length < 12 : row.symbols === '' || row.tests === ''));
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('names symbols that are exported', async () => {
    const missing: string[] = [];
    for (const row of rows.filter((one) => !isOpen(one))) {
      for (const [pack, name] of symbolsIn(row.symbols)) {
        if (pack === 'example') {
          if (!existsSync(new URL(`examples/${name}`, root))) missing.push(`${row.id} example ${name}`);
          continue;
        }
        const found: Record<string, unknown> = await import(`@dl/${pack}`);
        const value = name.split('.').reduce<unknown>((owner, part) => (owner as Record<string, unknown>)?.[part], found);
        if (value === undefined) missing.push(`${row.id} ${pack}: ${name}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it('names tests that exist', () => {
    const missing: string[] = [];
    for (const row of rows.filter((one) => !isOpen(one))) {
      for (const [file, words] of testsIn(row.tests)) {
        const url = new URL(file, root);
        if (!existsSync(url) || !readFileSync(url, 'utf8').includes(words)) missing.push(`${row.id} ${file} › ${words}`);
      }
    }
    expect(missing).toEqual([]);
  });
});
