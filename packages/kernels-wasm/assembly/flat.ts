import { newJob, runJob, shareOf, tasksOf } from './jobs';

const LINE: i32 = 64;
/** Chunks of a loop, at most. */
const CHUNKS: i32 = 2048;

/** What happens to `n` elements in a row; `mode` is for the body to understand. */
export type Body = (mode: i32, a: usize, b: usize, out: usize, n: i32) => void;

/** A loop over rows of elements, which lie `aBytes`, `bBytes` and `outBytes` apart. */
@unmanaged
class Flat {
  body: u32;
  mode: i32;
  a: usize;
  aBytes: i32;
  b: usize;
  bBytes: i32;
  out: usize;
  outBytes: i32;
  n: i32;
  chunk: i32;
}

/** Elements of a chunk: whole cache lines even of bytes, and nearly as many in the last chunk as in the others. */
export function chunkOf(n: i32, least: i32): i32 {
  return shareOf(tasksOf(n, LINE), <f64>n, <f64>least, CHUNKS) * LINE;
}

/** Runs `body` over all `n` elements, in chunks of at least `least`; an element takes about `nanoseconds`. */
export function inChunks(
  body: Body, mode: i32, a: usize, aBytes: i32, b: usize, bBytes: i32, out: usize, outBytes: i32, n: i32,
  least: i32, nanoseconds: f32,
): void {
  const flat = changetype<Flat>(newJob());
  flat.body = body.index;
  flat.mode = mode;
  flat.a = a;
  flat.aBytes = aBytes;
  flat.b = b;
  flat.bBytes = bBytes;
  flat.out = out;
  flat.outBytes = outBytes;
  flat.n = n;
  flat.chunk = chunkOf(n, least);
  runJob(chunk, tasksOf(n, flat.chunk), nanoseconds * <f32>n);
}

function chunk(job: usize, index: i32, _workspace: usize): void {
  const flat = changetype<Flat>(job);
  const first = index * flat.chunk;
  call_indirect<void>(
    flat.body, flat.mode, flat.a + <usize>first * flat.aBytes, flat.b + <usize>first * flat.bBytes,
    flat.out + <usize>first * flat.outBytes, min(flat.chunk, flat.n - first),
  );
}
