import { describe, expect, test } from 'vitest';
import { arrowProblems } from '../check-arrows.mjs';
import type { House, Package } from '../lib/house.mjs';
import { readHouse } from '../lib/house.mjs';
import { picture, replacePicture } from '../lib/picture.mjs';

const table = {
  '@dl/kernels': [],
  '@dl/kernels-wasm': ['@dl/kernels'],
  '@dl/tensor': ['@dl/kernels', '@dl/kernels-wasm'],
  '@dl/layers': ['@dl/tensor'],
};

/** A package whose manifest, tsconfig and sources agree about what it imports. */
function pack(short: string, uses: readonly string[], more: Partial<Package> = {}): Package {
  const names = uses.map((one) => `@dl/${one}`);
  return {
    name: `@dl/${short}`,
    dir: `packages/${short}`,
    isPrivate: false,
    description: '',
    entries: [`@dl/${short}`],
    dependencies: names,
    optionalPeers: [],
    references: uses.map((one) => `packages/${one}`),
    imports: names.map((specifier) => ({ file: `packages/${short}/src/index.ts`, line: 1, specifier, isLazy: false })),
    testImports: [],
    ...more,
  };
}

/** A house in order, with `planted` in place of the package of that name. */
function house(...planted: Package[]): House {
  const good = [
    pack('kernels', []),
    pack('kernels-wasm', ['kernels']),
    pack('tensor', ['kernels', 'kernels-wasm']),
    pack('layers', ['tensor']),
  ];
  const names = planted.map(({ name }) => name);
  return { packages: [...good.filter(({ name }) => !names.includes(name)), ...planted], shared: ['vitest', '@types/ndarray'] };
}

const at = (short: string, specifier: string) => ({ file: `packages/${short}/src/deep/x.ts`, line: 7, specifier, isLazy: false });

describe('arrowProblems', () => {
  test('finds nothing in a house in order', () => {
    expect(arrowProblems(house(), table)).toEqual([]);
  });

  test('refuses an import against the arrows', () => {
    const planted = house(pack('layers', ['tensor', 'kernels']));
    expect(arrowProblems(planted, table)).toEqual(['packages/layers/src/index.ts:1: @dl/layers must not import @dl/kernels']);
  });

  test('refuses a concrete backend outside of tensor, in the sources and in the table', () => {
    const planted = house(pack('layers', ['tensor', 'kernels-wasm']));
    expect(arrowProblems(planted, table)).toEqual([
      'packages/layers/src/index.ts:1: @dl/layers must not import @dl/kernels-wasm',
    ]);
    const loosened = { ...table, '@dl/layers': ['@dl/tensor', '@dl/kernels-wasm'] };
    expect(arrowProblems(planted, loosened)).toEqual(['tools/arrows.mjs: @dl/layers must not know the backend @dl/kernels-wasm']);
  });

  test('refuses a deep import by name and by path, in tests too', () => {
    const planted = house(
      pack('layers', ['tensor'], {
        testImports: [at('layers', '@dl/tensor/src/core/tensor.ts'), at('layers', '../../../tensor/src/index.ts')],
      }),
    );
    expect(arrowProblems(planted, table)).toEqual([
      'packages/layers/src/deep/x.ts:7: @dl/tensor/src/core/tensor.ts is no public entry of @dl/tensor',
      'packages/layers/src/deep/x.ts:7: reaches into @dl/tensor (../../../tensor/src/index.ts); import its name',
    ]);
  });

  test('wants dependencies equal to imports', () => {
    const layers = pack('layers', ['tensor']);
    const planted = house({
      ...layers,
      dependencies: ['@dl/tensor', 'left-pad'],
      imports: [...layers.imports, at('layers', 'left-right')],
    });
    expect(arrowProblems(planted, table)).toEqual([
      'packages/layers/package.json: imports left-right but does not depend on it',
      'packages/layers/package.json: depends on left-pad but does not import it',
    ]);
  });

  test('wants the types of an imported package that has none of its own', () => {
    const layers = pack('layers', ['tensor'], { dependencies: ['@dl/tensor', 'ndarray', '@types/ndarray'] });
    const typed = { ...layers, imports: [...layers.imports, at('layers', 'ndarray')] };
    expect(arrowProblems(house(typed), table)).toEqual([]);
    expect(arrowProblems(house({ ...typed, dependencies: ['@dl/tensor', 'ndarray'] }), table)).toEqual([
      'packages/layers/package.json: imports @types/ndarray but does not depend on it',
    ]);
  });

  test('takes an optional peer for a dependency, which nothing but import() may name', () => {
    const layers = pack('layers', ['tensor'], { optionalPeers: ['left-pad'] });
    const lazy = { ...layers, imports: [...layers.imports, { ...at('layers', 'left-pad'), isLazy: true }] };
    expect(arrowProblems(house(lazy), table)).toEqual([]);
    const hasty = { ...lazy, imports: [...lazy.imports, at('layers', 'left-pad')] };
    expect(arrowProblems(house(hasty), table)).toEqual([
      'packages/layers/src/deep/x.ts:7: left-pad may not be installed; load it with import()',
    ]);
    expect(arrowProblems(house(layers), table)).toEqual([
      'packages/layers/package.json: depends on left-pad but does not import it',
    ]);
    const workspace = { optionalPeers: ['@dl/tensor'], references: [], dependencies: [] };
    expect(arrowProblems(house(pack('layers', ['tensor'], workspace)), table)).toContain(
      'packages/layers/tsconfig.json: lacks the reference to packages/tensor',
    );
  });

  test('lets a private package use the tools of the root', () => {
    const kit = pack('layers', ['tensor'], { imports: [at('layers', '@dl/tensor'), at('layers', 'vitest')] });
    expect(arrowProblems(house({ ...kit, isPrivate: true }), table)).toEqual([]);
    expect(arrowProblems(house(kit), table)).toEqual(['packages/layers/package.json: imports vitest but does not depend on it']);
  });

  test('wants tsconfig references equal to dependencies', () => {
    const planted = house(pack('layers', ['tensor'], { references: ['packages/kernels'] }));
    expect(arrowProblems(planted, table)).toEqual([
      'packages/layers/tsconfig.json: lacks the reference to packages/tensor',
      'packages/layers/tsconfig.json: refers to packages/kernels, no dependency',
    ]);
  });

  test('names a circle of packages', () => {
    const planted = house(pack('kernels', ['layers']));
    expect(arrowProblems(planted, table)).toContain(
      'packages import each other in a circle: @dl/kernels-wasm, @dl/tensor, @dl/layers, @dl/kernels',
    );
  });

  test('wants one row a package, each below the rows it uses', () => {
    const { '@dl/layers': _, ...without } = table;
    expect(arrowProblems(house(), without)).toContain('tools/arrows.mjs: @dl/layers has no row');
    expect(arrowProblems(house(), { ...table, '@dl/gone': [] })).toEqual(['tools/arrows.mjs: @dl/gone is no workspace']);
    expect(arrowProblems(house(), { ...table, '@dl/kernels': ['@dl/tensor'] })).toEqual([
      'tools/arrows.mjs: @dl/kernels must stand below @dl/tensor, which it may import',
    ]);
  });
});

test('readHouse sees every import of the real sources', () => {
  const tensor = readHouse().packages.find(({ name }) => name === '@dl/tensor');
  expect(tensor?.dir).toBe('packages/tensor');
  expect(tensor?.dependencies).toContain('@dl/kernels');
  expect(tensor?.references).toContain('packages/kernels');
  expect(tensor?.imports.map(({ specifier }) => specifier)).toContain('@dl/kernels');
});

test('readHouse sees what loads lazily', () => {
  const { optionalPeers, imports } = readHouse().packages.find(({ name }) => name === '@dl/tensor') ?? {};
  expect(optionalPeers).toEqual(['@dl/kernels-gpu']);
  const [gpu, ...more] = imports?.filter(({ specifier }) => specifier === '@dl/kernels-gpu') ?? [];
  expect([gpu?.isLazy, more]).toEqual([true, []]);
  expect(imports?.find(({ specifier }) => specifier === '@dl/kernels')?.isLazy).toBe(false);
});

test('readHouse sees what loads lazily by a constant name', () => {
  const { optionalPeers, imports } = readHouse().packages.find(({ name }) => name === '@dl/data') ?? {};
  expect(optionalPeers).toEqual(['sharp']);
  expect(imports?.filter(({ specifier }) => specifier === 'sharp').map(({ isLazy }) => isLazy)).toEqual([true]);
});

test('picture puts each package below what it imports', () => {
  const drawn = picture(house(pack('layers', ['tensor'], { optionalPeers: ['@dl/tensor'] })), table);
  expect(drawn).toContain('| `@dl/layers` | tensor (optional) |');
  expect(drawn).toContain('```text\n0  kernels\n1  kernels-wasm\n2  tensor\n3  layers\n```');
  expect(drawn).toContain('| `@dl/tensor` | kernels, kernels-wasm |');
});

test('replacePicture keeps the rest of the page and wants its marks', () => {
  const page = '# A\n<!-- packages: written by `npm run arrows -- --write` -->\nold\n<!-- /packages -->\nrest';
  expect(replacePicture(page, 'new')).toBe(
    '# A\n<!-- packages: written by `npm run arrows -- --write` -->\n\nnew\n\n<!-- /packages -->\nrest',
  );
  expect(() => replacePicture('# A', 'new')).toThrow('lacks the marks');
});
