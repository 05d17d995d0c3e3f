import { lane, unrolled } from './entry-program.ts';

/** The part of a matrix product that one thread computes. */
export interface Tile {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly rows: number;
  /** Columns, in texels. */
  readonly columns: number;
}

/** Expressions for the texels of the operands that a tile needs next. */
export interface TileTexels {
  /** Texel of `a` in row `r` of the tile, which holds four terms. */
  rowOfA(r: number): string;
  /** Texel of a transposed `a` for term `j`, which holds the tile's rows `4 q …`. */
  termOfA(j: number, q: number): string;
  /** Texel of `b` for term `j`, which holds four columns of the tile. */
  termOfB(j: number, c: number): string;
  /** Texel of a transposed `b` in column `c` of the tile, which holds four terms. */
  columnOfB(c: number): string;
}

/** Declares the sums of a tile, `s<row>_<column texel>`. */
export function beginTile({ rows, columns }: Tile): string {
  return unrolled(rows, (r) => unrolled(columns, (c) => `var s${r}_${c} = vec4<f32>();`));
}

/** Adds `terms`, at most four, of the inner products. */
export function addTerms(tile: Tile, terms: number, texels: TileTexels): string {
  const { transposeA, transposeB, rows, columns } = tile;
  const a = transposeA
    ? unrolled(terms, (j) => unrolled(rows / 4, (q) => `let a${j}_${q} = ${texels.termOfA(j, q)};`))
    : unrolled(rows, (r) => `let a${r} = ${texels.rowOfA(r)};`);
  const b = transposeB ? unrolled(columns * 4, (c) => `let t${c} = ${texels.columnOfB(c)};`) : '';
  const valueOfA = (r: number, j: number) => (transposeA ? `a${j}_${r >> 2}.${lane[r & 3]}` : `a${r}.${lane[j]}`);
  const texelOfB = (j: number, c: number) =>
    transposeB ? `vec4<f32>(${lane.map((_, l) => `t${c * 4 + l}.${lane[j]}`).join(', ')})` : texels.termOfB(j, c);
  const sums = unrolled(terms, (j) =>
    unrolled(columns, (c) => {
      const b = `b${j}_${c}`;
      return `let ${b} = ${texelOfB(j, c)}; ${unrolled(rows, (r) => `s${r}_${c} += ${valueOfA(r, j)} * ${b};`)}`;
    }),
  );
  return `${a}\n${b}\n${sums}`;
}
