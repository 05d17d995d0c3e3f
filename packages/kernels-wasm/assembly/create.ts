import { chunkOf } from './flat';
import { newJob, runJob } from './jobs';

/** `start + i * step`, in double precision. */
export function iotaFloat(start: f64, step: f64, out: usize, n: i32): void {
  for (let i = 0; i < n; i++, out += 4) store<f32>(out, <f32>(start + <f64>i * step));
}

export function iotaInt(start: f64, step: f64, out: usize, n: i32): void {
  for (let i = 0; i < n; i++, out += 4) store<i32>(out, <i32>(start + <f64>i * step));
}

const ROUNDS: i32 = 10;

/** Words of a task. */
const CHUNK: i32 = 4096;

/**
 * Philox 4×32-10: `n` words from block `counter` on, or with `toFloat` their upper 24 bits as floats in [0, 1).
 * Blocks of the heap are padded, so the last four words are always written.
 */
export function randomBits(toFloat: bool, key0: u32, key1: u32, counterLow: u32, counterHigh: u32, out: usize, n: i32): void {
  const job = changetype<Random>(newJob());
  job.counter = (<u64>counterHigh << 32) | counterLow;
  job.toFloat = toFloat;
  job.key0 = key0;
  job.key1 = key1;
  job.out = out;
  job.n = n;
  job.chunk = chunkOf(n, CHUNK);
  runJob(randomChunk, (n + job.chunk - 1) / job.chunk, 2 * <f32>n);
}

@unmanaged
class Random {
  counter: u64;
  toFloat: i32;
  key0: u32;
  key1: u32;
  out: usize;
  n: i32;
  chunk: i32;
}

function randomChunk(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<Random>(at);
  const first = index * job.chunk;
  const toFloat = job.toFloat;
  let counter = job.counter + <u64>(first >> 2);
  let out = job.out + (<usize>first << 2);
  for (const end = out + (<usize>min(job.chunk, job.n - first) << 2); out < end; out += 16, counter++) {
    const words = philox(job.key0, job.key1, <u32>counter, <u32>(counter >> 32));
    v128.store(out, toFloat ? f32x4.mul(f32x4.convert_i32x4_u(i32x4.shr_u(words, 8)), f32x4.splat(1.0 / 16777216)) : words);
  }
}

function philox(k0: u32, k1: u32, c0: u32, c1: u32): v128 {
  let c2: u32 = 0;
  let c3: u32 = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const product0 = <u64>c0 * 0xd2511f53;
    const product1 = <u64>c2 * 0xcd9e8d57;
    c0 = <u32>(product1 >> 32) ^ c1 ^ k0;
    c1 = <u32>product1;
    c2 = <u32>(product0 >> 32) ^ c3 ^ k1;
    c3 = <u32>product0;
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
  return i32x4(c0, c1, c2, c3);
}
