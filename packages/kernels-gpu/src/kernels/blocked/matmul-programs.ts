import type { Program } from '../../kernel-source.ts';
import { entryProgram, unrolled } from './entry-program.ts';
import { addTerms, beginTile, type Tile } from './tile.ts';

/** A program for matrix products, and how much of the result a workgroup of it fills: rows, and texels of columns. */
export interface TileProgram {
  readonly program: Program;
  readonly rows: number;
  readonly texels: number;
}

/** What the text of a product depends on. */
export interface ProductForm {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** Terms of the inner products behind the last four. */
  readonly tail: number;
}

/** Width of a row of the result and of each operand, and from one matrix to the next: texels. */
const ints = ['m', 'n', 'k', 'columns', 'wa', 'wb', 'sa', 'sb'];

/** Threads of a workgroup along each axis. */
const threads = 8;

/** Each thread loads what it needs: best where memory of a workgroup is no faster, on adapters that the CPU emulates. */
export function barrierFree(form: ProductForm, m: number, columns: number): TileProgram {
  const tile: Tile = { ...form, rows: m > 4 ? 8 : 4, columns: columns > 1 ? 2 : 1 };
  const key = `matmul tile ${[form.transposeA, form.transposeB, form.tail, tile.rows, tile.columns].join(' ')}`;
  return {
    program: entryProgram(key, ['a', 'b'], ints, () => barrierFreeText(tile, form.tail)),
    rows: tile.rows * threads,
    texels: tile.columns * threads,
  };
}

function barrierFreeText(tile: Tile, tail: number): string {
  const { rows, columns } = tile;
  // What lies outside is loaded from the edge, and not stored.
  const texels = {
    rowOfA: (r: number) => `user_a[ra${r} + i]`,
    termOfA: (j: number, q: number) => `user_a[za + (i * 4 + ${j}) * p.user_wa + min((row >> 2) + ${q}, p.user_wa - 1)]`,
    termOfB: (j: number, c: number) => `user_b[zb + (i * 4 + ${j}) * p.user_wb + min(column + ${c}, p.user_wb - 1)]`,
    columnOfB: (c: number) => `user_b[rb${c} + i]`,
  };
  const begin = (text: string, count: number, prefix: string, last: string, width: string) =>
    unrolled(count, (r) => `let ${prefix}${r} = z${prefix[1]} + min(${text} + ${r}, ${last} - 1) * ${width};`);
  return `
@compute @workgroup_size(${threads}, ${threads}, 1)
fn main(@builtin(global_invocation_id) id : vec3<u32>) {
  let p = params;
  let column = i32(id.x) * ${columns};
  let row = i32(id.y) * ${rows};
  if (column >= p.user_columns || row >= p.user_m) { return; }
  let za = i32(id.z) * p.user_sa;
  let zb = i32(id.z) * p.user_sb;
  ${tile.transposeA ? '' : begin('row', rows, 'ra', 'p.user_m', 'p.user_wa')}
  ${tile.transposeB ? begin('column * 4', columns * 4, 'rb', 'p.user_n', 'p.user_wb') : ''}
  ${beginTile(tile)}
  let steps = p.user_k / 4;
  for (var i = 0; i < steps; i++) { ${addTerms(tile, 4, texels)} }
  ${tail === 0 ? '' : `{ let i = steps; ${addTerms(tile, tail, texels)} }`}
  let to = (i32(id.z) * p.user_m + row) * p.user_columns + column;
  ${unrolled(rows, (r) =>
    unrolled(
      columns,
      (c) =>
        `if (row + ${r} < p.user_m && column + ${c} < p.user_columns) { result[to + ${r} * p.user_columns + ${c}] = s${r}_${c}; }`,
    ),
  )}
}`;
}

/** Elements along each side of the tile that a workgroup keeps in its memory. */
const side = 32;

/** A workgroup loads tiles of both operands into its own memory, where its threads share them: best on a GPU. */
export function sharedTile(form: ProductForm): TileProgram {
  const { transposeA, transposeB } = form;
  const tile: Tile = { transposeA, transposeB, rows: side / threads, columns: side / threads / 4 };
  const program = entryProgram(`matmul shared ${transposeA} ${transposeB}`, ['a', 'b'], ints, () => sharedText(tile));
  return { program, rows: side, texels: side / 4 };
}

function sharedText(tile: Tile): string {
  const { transposeA, transposeB, rows } = tile;
  const wide = side / 4;
  const texels = {
    rowOfA: (r: number) => `tileA[(at.y * ${rows} + ${r}) * ${wide} + i]`,
    termOfA: (j: number) => `tileA[(i * 4 + ${j}) * ${wide} + at.y]`,
    termOfB: (j: number) => `tileB[(i * 4 + ${j}) * ${wide} + at.x]`,
    columnOfB: (c: number) => `tileB[(at.x * 4 + ${c}) * ${wide} + i]`,
  };
  // Zeros outside: padding of broken rows is zero too, so that terms behind the last add nothing.
  const load = (buffer: string, row: string, rowsOf: string, texel: string, width: string, start: string) =>
    `{ let r = ${row} + y; let c = ${texel} + x; var v = vec4<f32>();
      if (r < ${rowsOf} && c < ${width}) { v = user_${buffer}[${start} + r * ${width} + c]; }
      tile${buffer.toUpperCase()}[e] = v; }`;
  const [across, down] = [`at0.x * ${wide}`, `at0.y * ${side}`];
  const loadA = transposeA
    ? load('a', `t * ${side}`, 'p.user_k', `at0.y * ${wide}`, 'p.user_wa', 'za')
    : load('a', down, 'p.user_m', `t * ${wide}`, 'p.user_wa', 'za');
  const loadB = transposeB
    ? load('b', `at0.x * ${side}`, 'p.user_n', `t * ${wide}`, 'p.user_wb', 'zb')
    : load('b', `t * ${side}`, 'p.user_k', across, 'p.user_wb', 'zb');
  return `
var<workgroup> tileA : array<vec4<f32>, ${side * wide}>;
var<workgroup> tileB : array<vec4<f32>, ${side * wide}>;
@compute @workgroup_size(${threads}, ${threads}, 1)
fn main(@builtin(local_invocation_id) local : vec3<u32>, @builtin(workgroup_id) group : vec3<u32>) {
  let p = params;
  let at = vec2<i32>(local.xy);
  let at0 = vec2<i32>(group.xy);
  let za = i32(group.z) * p.user_sa;
  let zb = i32(group.z) * p.user_sb;
  ${beginTile(tile)}
  let tiles = (p.user_k + ${side - 1}) / ${side};
  for (var t = 0; t < tiles; t++) {
    for (var e = at.y * ${threads} + at.x; e < ${side * wide}; e += ${threads * threads}) {
      let y = e / ${wide};
      let x = e % ${wide};
      ${loadA}
      ${loadB}
    }
    workgroupBarrier();
    for (var i = 0; i < ${wide}; i++) { ${addTerms(tile, 4, texels)} }
    workgroupBarrier();
  }
  let column = at0.x * ${wide} + at.x;
  let row = at0.y * ${side} + at.y * ${rows};
  if (column >= p.user_columns) { return; }
  let to = (i32(group.z) * p.user_m + row) * p.user_columns + column;
  ${unrolled(rows, (r) => `if (row + ${r} < p.user_m) { result[to + ${r} * p.user_columns] = s${r}_0; }`)}
}`;
}
