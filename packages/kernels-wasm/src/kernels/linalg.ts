import { factorEach, sizeOf, solveEach } from '@dl/kernels';
import type { Heap } from '../heap.ts';
import type { Kernel } from '../machine.ts';

// In doubles and outside WebAssembly: what is factorised is small, and float32 is too coarse for it.

export const factor: Kernel<'factor'> = ({ heap }, [x], at, { fn }, _out, to) => {
  const [m, n] = x.shape.slice(-2);
  write(heap, to, factorEach(fn, readDoubles(heap, at[0], sizeOf(x.shape)), m, n, sizeOf(x.shape.slice(0, -2))));
};

export const solve: Kernel<'solve'> = ({ heap }, [a, b], at, attrs, _out, to) => {
  const [n, m] = b.shape.slice(-2);
  const matrices = readDoubles(heap, at[0], sizeOf(a.shape));
  const sides = readDoubles(heap, at[1], sizeOf(b.shape));
  write(heap, to, solveEach(matrices, sides, n, m, sizeOf(b.shape.slice(0, -2)), attrs));
};

function readDoubles(heap: Heap, pointer: number, count: number): Float64Array {
  return Float64Array.from(heap.float32At(pointer, count));
}

function write(heap: Heap, pointer: number, values: Float64Array): void {
  heap.float32At(pointer, values.length).set(values);
}
