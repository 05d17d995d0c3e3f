import { describe, expect, test } from 'vitest';
import { check } from '../doc-blocks/check.mjs';
import { withChecks } from '../doc-blocks/expectations.mjs';
import { programsOfPage, programsOfSource } from '../doc-blocks/extract.mjs';
import { inspect, matches } from '../doc-blocks/inspect.mjs';
import { missingImports } from '../doc-blocks/names.mjs';

const fence = '```';

describe('programsOfPage', () => {
  test('joins blocks that share names, and starts anew where one is declared again', () => {
    const blocks = [['import { a } from "x";'], ['a // 1', 'const b = 2;'], ['const { b } = a;']];
    const page = blocks.flatMap((block) => ['text', `${fence}ts`, ...block, fence]).join('\n');
    expect(programsOfPage('a.md', page).map(({ line, code }) => ({ line, code }))).toEqual([
      { line: 3, code: '\n\nimport { a } from "x";\n\n\n\na // 1\nconst b = 2;' },
      { line: 12, code: '\n\n\n\n\n\n\n\n\n\n\nconst { b } = a;' },
    ]);
  });

  test('leaves out other languages, and keeps no-run blocks apart', () => {
    const page = [`${fence}bash`, 'ls', fence, `${fence}ts no-run`, 'fetch();', fence, `${fence}ts`, '1', fence].join('\n');
    expect(programsOfPage('a.md', page).map(({ line, runs }) => ({ line, runs }))).toEqual([
      { line: 5, runs: false },
      { line: 8, runs: true },
    ]);
  });

  test('refuses a block in a dialect that would not run', () => {
    expect(() => programsOfPage('a.md', `${fence}js\n1\n${fence}`)).toThrow('a.md:2: write ```ts');
  });
});

describe('programsOfSource', () => {
  const source = (...lines: string[]) => ['/**', ...lines.map((line) => ` * ${line}`), ' */', 'export const x = 1;'].join('\n');

  test('reads the bare lines of an example up to the next tag', () => {
    const text = source('Words.', '@example', 'const a = 1;', 'a // 1', '@see Somebody');
    expect(programsOfSource('x.ts', text)).toEqual([
      { file: 'x.ts', line: 4, code: '\n\n\nconst a = 1;\na // 1', runs: true, isExample: true },
    ]);
  });

  test('reads each fenced block of an example', () => {
    const text = source('@example', 'Words.', `${fence}ts`, '1 // 1', fence, 'Words.', `${fence}ts no-run`, '2', fence);
    expect(programsOfSource('x.ts', text).map(({ line, code, runs }) => ({ line, code: code.trim(), runs }))).toEqual([
      { line: 5, code: '1 // 1', runs: true },
      { line: 9, code: '2', runs: false },
    ]);
  });
});

describe('withChecks', () => {
  const checked = (code: string) => withChecks('a.md', code);

  test.each([
    ['a() // [1, 2]', 'await __check(1, async () => (a()), "[1, 2]"); // [1, 2]'],
    [
      'await a() // Float32Array [0, …]',
      'await __check(1, async () => (await a()), "Float32Array [0, …]"); // Float32Array [0, …]',
    ],
    ["console.log(a); // 'b'", "await __check(1, async () => (a), \"'b'\"); // 'b'"],
    ['const a = b(); // [64, 10]', 'const a = b(); await __check(1, async () => (a), "[64, 10]"); // [64, 10]'],
    ['a()\n// [1,\n//  2]', 'await __check(1, async () => (a()), "[1, 2]");\n// [1,\n//  2]'],
    [
      'a(); // throws ShapeError: a: b',
      'await __check(1, async () => (a()), "throws ShapeError: a: b"); // throws ShapeError: a: b',
    ],
    ['if (a) {\n  b // 1\n}', 'if (a) {\n  await __check(2, async () => (b), "1"); // 1\n}'],
  ])('checks %j', (code, result) => {
    expect(checked(code)).toBe(result);
  });

  test.each([
    'a(); // frees the gradients',
    'const a = 1; // the seed',
    'a();\n// 3 epochs are enough',
    'const f = () => {\n  a() // 1\n};',
  ])('leaves prose alone: %j', (code) => {
    expect(checked(code)).toBe(code);
  });

  test('refuses prose where only a value makes sense', () => {
    expect(() => checked('a() // frees the gradients')).toThrow('a.md:1: the comment is no value');
  });
});

describe('inspect and matches', () => {
  test.each([
    [new Float32Array([0, -0, 2.5]), 'Float32Array [0, 0, 2.5]'],
    [[[1], ['a', true, null]], "[[1], ['a', true, null]]"],
    [{ a: 1, b: { c: undefined } }, '{ a: 1, b: { c: undefined } }'],
    [new Map([['a', 1]]), "Map { 'a' => 1 }"],
    ['a\nb', "'a\\nb'"],
    [new RangeError('too far'), 'RangeError: too far'],
    [{ toString: (): string => 'own' }, 'own'],
  ])('prints %j', (value, text) => {
    expect(inspect(value)).toBe(text);
  });

  test.each([
    ['0.69314718', '0.693'],
    ['1.00005', '1'],
    ['[1,2]', '[ 1, 2 ]'],
    ['[1, 2, 3, 4]', '[1, …]'],
    ['[1, 2, 3, 4]', '[1, …, 4]'],
    ['60000', '60_000'],
    ['3', '3 (the rank)'],
    ["'a  b'", "'a  b'"],
  ])('%s matches %s', (actual, expected) => {
    expect(matches(actual, expected)).toBe(true);
  });

  test.each([
    ['0.6941', '0.693'],
    ['1.001', '1'],
    ['[1, 2]', '[1, 2, 3]'],
    ['[1, 2]', '[2, …]'],
    ['[1, 2, 3]', '[1, …, 4]'],
    ["'1'", '1'],
    ['true', 'false'],
    ['-1', '1'],
    ['NaN', '0'],
  ])('%s does not match %s', (actual, expected) => {
    expect(matches(actual, expected)).toBe(false);
  });
});

describe('check', () => {
  test('names the line, what was said and what is', async () => {
    await expect(check(7, async () => [1, 2], '[1, 3]')).rejects.toThrow('line 7: the comment says [1, 3], the value is [1, 2]');
    await expect(check(7, async () => [1, 2], '[1, 2]')).resolves.toBeUndefined();
  });

  test('lets a tensor be told by its shape', async () => {
    await check(1, async () => ({ shape: [2, 3] }), '[2, 3]');
    await expect(check(1, async () => ({ shape: [2, 3] }), '[3, 2]')).rejects.toThrow('line 1');
  });

  test('wants the error that the comment names', async () => {
    const refuse = async () => {
      throw new RangeError('a: b');
    };
    await check(1, refuse, 'throws RangeError: a');
    await expect(check(1, refuse, 'throws RangeError: c')).rejects.toThrow('it throws RangeError: a: b');
    await expect(check(1, async () => 1, 'throws RangeError')).rejects.toThrow('and it does not');
  });
});

test('missingImports brings what an example uses and does not declare, its own package first', () => {
  const packages = new Map([
    [
      'low',
      new Map([
        ['map', 'import'],
        ['tensor', 'import'],
        ['Tensor', 'import type'],
      ] as const),
    ],
    ['own', new Map([['map', 'import']] as const)],
  ]);
  const code = 'const { a: relu } = tensor;\n(x: Tensor) => map(x.tensor, { sum: 1, relu });';
  expect(missingImports('x.ts', code, 'own', packages)).toBe(
    "import { tensor } from 'low'; import type { Tensor } from 'low'; import { map } from 'own';",
  );
});
