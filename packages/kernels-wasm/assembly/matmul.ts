import { NR } from './tiles';
import { gemm, packColumns, packedBytes, timesPacked } from './gemm';
import { newJob, runJob, shareOf, tasksOf } from './jobs';

/** Nanoseconds of a multiplication with its addition. */
export const PRODUCT: f32 = 0.04;

/** Products of a task, at least; of those of a large matrix, since a block packs its part of B. */
const TASK_PRODUCTS: f64 = 500_000;
const LARGE_PRODUCTS: f64 = 20_000_000;
/** Tasks that small products are cut into, at most. */
const FEW_TASKS: f64 = 16;
/** Tasks that a batch is cut into at most; a task of the largest product is short all the same. */
const TASKS: i32 = 1024;
/** Columns and rows of a block, at least: each block packs its part of B. */
const COLUMNS: i32 = 64;
const ROWS: i32 = 32;
/** Rows from which B is packed once, for blocks of rows alone, where there are fewer columns than would make the tasks. */
const SHARED_ROWS: i32 = 64;
/** Columns of B that are packed at a time. */
const STRIP: i32 = 1024;
/** Columns that a task packs, and nanoseconds of an element. */
const PACKED_COLUMNS: i32 = 32;
const PACKED: f32 = 0.25;

/** Products of matrices, cut into blocks of C: a task is a few of them. */
@unmanaged
class Product {
  m: i32;
  n: i32;
  k: i32;
  a: usize;
  aRow: usize;
  aColumn: usize;
  b: usize;
  bRow: usize;
  bColumn: usize;
  c: usize;
  cStride: usize;
  rank: i32;
  loops: usize;
  rows: i32;
  columns: i32;
  /** B, where all tasks share it packed. */
  packed: usize;
  /** Blocks of a matrix, in all and side by side. */
  blocks: i32;
  across: i32;
  /** Blocks of all matrices, and of a task. */
  units: i32;
  share: i32;
}

/** Bytes of scratch for {@link matmul}, which all tasks read. */
export function matmulScratch(m: i32, n: i32, k: i32): usize {
  return m >= SHARED_ROWS ? packedBytes(k, min(n, STRIP)) : 0;
}

/**
 * $C_i = A_i B_i$ for a batch of matrices with strides in bytes (see {@link gemm}); C is contiguous. Where the matrices of A and B
 * begin is a loop nest of `rank` axes over the batch, with strides in elements. Needs the workspace of the gemm, and
 * the scratch of {@link matmulScratch}: without any (0), every task packs what it needs of B.
 */
export function matmul(
  m: i32, n: i32, k: i32, a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize, bColumn: usize, c: usize,
  rank: i32, loops: usize, scratch: usize,
): void {
  let batch = 1;
  for (let axis = 0; axis < rank; axis++) batch *= load<i32>(loops + (<usize>axis << 4));
  if (m == 0 || n == 0 || batch == 0) return;
  const work = <f64>m * n * max(1, k);
  const wanted = max(min(FEW_TASKS, work * batch / TASK_PRODUCTS), work * batch / LARGE_PRODUCTS);
  const tasks = <i32>max(1, min(<f64>TASKS, wanted));
  const product = changetype<Product>(newJob());
  product.m = m;
  product.n = n;
  product.k = k;
  product.a = a;
  product.aRow = aRow;
  product.aColumn = aColumn;
  product.b = b;
  product.bRow = bRow;
  product.bColumn = bColumn;
  product.c = c;
  product.cStride = <usize>n << 2;
  product.rank = rank;
  product.loops = loops;
  if (scratch != 0 && batch == 1 && m >= SHARED_ROWS && k > 0 && n / COLUMNS < tasks && tasks > 1) {
    inStrips(product, n, tasks, scratch);
    return;
  }
  cut(product, (tasks + batch - 1) / batch);
  product.units = product.blocks * batch;
  product.share = shareOf(product.units, work * batch, TASK_PRODUCTS, TASKS);
  runJob(multiply, tasksOf(product.units, product.share), PRODUCT * <f32>work * <f32>batch);
}

/** One product: B is packed, then blocks of rows are multiplied, all of them with what was packed. */
function inStrips(s: Product, n: i32, tasks: i32, scratch: usize): void {
  s.rows = roundUp(max(ROWS, (s.m + tasks - 1) / tasks), 4);
  s.packed = scratch;
  for (let j = 0; j < n; j += STRIP) {
    s.n = min(STRIP, n - j);
    const elements = <f32>s.k * <f32>s.n;
    runJob(pack, tasksOf(s.n, PACKED_COLUMNS), PACKED * elements);
    runJob(multiplyPacked, tasksOf(s.m, s.rows), PRODUCT * <f32>s.m * elements);
    s.b += <usize>STRIP * s.bColumn;
    s.c += STRIP << 2;
  }
}

function pack(job: usize, index: i32, _workspace: usize): void {
  const s = changetype<Product>(job);
  const first = index * PACKED_COLUMNS;
  packColumns(s.packed, s.b, s.bRow, s.bColumn, s.k, s.n, first, min(s.n, first + PACKED_COLUMNS));
}

function multiplyPacked(job: usize, index: i32, workspace: usize): void {
  const s = changetype<Product>(job);
  const i = index * s.rows;
  timesPacked(
    min(s.rows, s.m - i), s.n, s.k, s.a + <usize>i * s.aRow, s.aRow, s.aColumn, s.packed,
    s.c + <usize>i * s.cStride, s.cStride, false, workspace,
  );
}

/** Cuts C into about `wanted` blocks: by columns first, which share nothing but A, then by rows. */
function cut(product: Product, wanted: i32): void {
  const m = product.m;
  const n = product.n;
  const across = max(1, min(wanted, n / COLUMNS));
  product.columns = roundUp((n + across - 1) / across, NR);
  product.across = (n + product.columns - 1) / product.columns;
  const down = max(1, min((wanted + product.across - 1) / product.across, m / ROWS));
  product.rows = roundUp((m + down - 1) / down, 4);
  product.blocks = product.across * ((m + product.rows - 1) / product.rows);
}

@inline
function roundUp(value: i32, multiple: i32): i32 {
  return (value + multiple - 1) / multiple * multiple;
}

function multiply(job: usize, index: i32, workspace: usize): void {
  const s = changetype<Product>(job);
  const end = min(s.units, (index + 1) * s.share);
  for (let unit = index * s.share; unit < end; unit++) {
    const matrix = unit / s.blocks;
    const block = unit - matrix * s.blocks;
    const down = block / s.across;
    const i = down * s.rows;
    const j = (block - down * s.across) * s.columns;
    let a: usize = 0;
    let b: usize = 0;
    let rest = matrix;
    for (let axis = 0; axis < s.rank; axis++) {
      const at = s.loops + (<usize>axis << 4);
      const extent = load<i32>(at);
      const turn = <usize>(rest % extent);
      rest /= extent;
      a += turn * load<usize>(at, 4);
      b += turn * load<usize>(at, 8);
    }
    gemm(
      min(s.rows, s.m - i), min(s.columns, s.n - j), s.k,
      s.a + (a << 2) + <usize>i * s.aRow, s.aRow, s.aColumn, s.b + (b << 2) + <usize>j * s.bColumn, s.bRow, s.bColumn,
      s.c + <usize>(matrix * s.m + i) * s.cStride + (<usize>j << 2), s.cStride, false, workspace,
    );
  }
}
