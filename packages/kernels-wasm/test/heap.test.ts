import { BackendError } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, Heap, HeapFullError } from '../src/heap.ts';
import { bytesOfClass, sizeClasses, sizeClassOf } from '../src/size-class.ts';
import { control } from '../src/threads/control.ts';

const page = 65536;

/** A heap of at most `pages` of 64 KiB. */
function createHeap(pages: number, budget = Number.POSITIVE_INFINITY): Heap {
  return new Heap(new WebAssembly.Memory({ initial: 1, maximum: pages }), 1024, budget);
}

describe('size classes', () => {
  it('hold what they are for and waste at most a fifth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 }), (bytes) => {
        const size = bytesOfClass(sizeClassOf(bytes));
        expect(size % 64).toBe(0);
        expect(size).toBeGreaterThanOrEqual(bytes);
        expect(size - bytes).toBeLessThan(Math.max(64, size / 5 + 64));
      }),
    );
  });

  it('are in order, each its own', () => {
    for (let sizeClass = 1; sizeClass < sizeClasses; sizeClass++) {
      expect(sizeClassOf(bytesOfClass(sizeClass))).toBe(sizeClass);
      expect(sizeClassOf(bytesOfClass(sizeClass - 1) + 1)).toBe(sizeClass);
    }
  });
});

describe('the heap', () => {
  it('gives aligned blocks that do not overlap', () => {
    const sizes = fc.array(fc.record({ bytes: fc.integer({ min: 0, max: 5000 }), keep: fc.boolean() }), { maxLength: 60 });
    fc.assert(
      fc.property(sizes, (requests) => {
        const heap = createHeap(64);
        const live: Block[] = [];
        for (const { bytes, keep } of requests) {
          const block = heap.stage(bytes);
          expect(block.pointer % 64).toBe(0);
          const end = block.pointer + bytesOfClass(block.sizeClass);
          expect(end).toBeLessThanOrEqual(heap.reservedBytes);
          expect(block.pointer).toBeGreaterThanOrEqual(heap.paramsPointer + heap.params.byteLength);
          for (const other of live) {
            expect(end <= other.pointer || other.pointer + bytesOfClass(other.sizeClass) <= block.pointer).toBe(true);
          }
          if (keep) live.push(block);
          else heap.free(block);
        }
      }),
    );
  });

  it('gives a freed block to the next of its class, and to a smaller one when the memory is full', () => {
    const heap = createHeap(2);
    const block = heap.stage(page - 1024);
    heap.free(block);
    expect(heap.stage(page - 1024)).toBe(block);
    heap.free(block);
    while (heap.allocate(1024) !== block);
    expect(heap.allocate(1024)).toBeUndefined();
    expect(() => heap.stage(1024)).toThrow(BackendError);
    expect(() => heap.stage(1024)).toThrow(
      "heap: the memory must grow to hold a kernel's arguments, got 131072 bytes and 1024 more",
    );
  });

  it('keeps to the budget, but for the time of a kernel', () => {
    const heap = createHeap(64, 1024);
    const first = heap.allocate(1024);
    expect(heap.allocate(1)).toBeUndefined();
    const staged = heap.stage(4096);
    heap.free(staged);
    if (first !== undefined) heap.free(first);
    expect(heap.allocate(1024)).toBe(first);
  });

  it('has one block of shared scratch, as large as the largest that was asked for', () => {
    const heap = createHeap(64);
    const small = heap.shared(100);
    expect(heap.shared(128)).toBe(small);
    const large = heap.shared(5000);
    expect(heap.shared(100)).toBe(large);
    expect(heap.stage(128).pointer).toBe(small);
  });

  it('has a workspace for each thread, none of which overlap', () => {
    const heap = createHeap(64);
    const at = () => [heap.control[control.workspace], heap.control[control.workspaceStride]];
    const [small, least] = at();
    heap.workspace(least);
    expect(at()).toEqual([small, least]);
    heap.workspace(5000);
    const [, stride] = at();
    expect(stride).toBeGreaterThanOrEqual(5000);
    expect(heap.stage(least).pointer).toBe(small);
    heap.provide(3);
    const [start] = at();
    expect(at()).toEqual([start, stride]);
    for (let i = 0; i < 20; i++) {
      const block = heap.stage(4000);
      expect(block.pointer >= start + 3 * stride || block.pointer + 4000 <= start).toBe(true);
    }
  });

  it('keeps the scratch that it has where there is no room for more', () => {
    const heap = createHeap(2);
    const at = () => [heap.control[control.workspace], heap.control[control.workspaceStride]];
    const [start, stride] = at();
    const shared = heap.shared(100);
    for (const ask of [() => heap.workspace(2 * page), () => heap.provide(64), () => heap.shared(2 * page)]) {
      expect(ask).toThrow(HeapFullError);
      expect([...at(), heap.shared(100)]).toEqual([start, stride, shared]);
    }
    for (let block = heap.allocate(64); block !== undefined; block = heap.allocate(64)) {
      expect(block.pointer >= start + stride || block.pointer + 64 <= start).toBe(true);
      expect(block.pointer >= shared + 128 || block.pointer + 64 <= shared).toBe(true);
    }
  });

  it('counts the blocks in use by size', () => {
    const heap = createHeap(64);
    const before = heap.groups();
    const blocks = [heap.stage(100), heap.stage(128), heap.stage(5000)];
    expect(heap.groups()).toContainEqual({ bytes: 128, count: 2 });
    for (const block of blocks) heap.free(block);
    expect(heap.groups()).toEqual(before);
  });

  it('reads parameters where kernels do, in a memory that has grown too', () => {
    const heap = createHeap(64);
    heap.params[3] = 42;
    heap.stage(10 * page);
    expect(heap.params[3]).toBe(42);
    expect(heap.int32At(heap.paramsPointer, 4)[3]).toBe(42);
  });
});
