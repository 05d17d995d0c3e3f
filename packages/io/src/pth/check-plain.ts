import { FormatError } from '@dl/kernels';
import { Callable, kindOf, type Slot, Storage, StorageType } from './pickle/slots.ts';
import type { PthValue } from './value.ts';

/** Deeper than any checkpoint, and shallow enough for functions that call themselves. */
const maxDepth = 256;

/** Refuses a value that is not plain data all the way down, holds itself, or is nested past reason. */
export function checkPlain(op: string, value: Slot): PthValue {
  const heights = new Map<Slot, number>();
  const open = new Set<Slot>();
  const heightOf = (slot: Slot): number => {
    const children = Array.isArray(slot) ? slot : slot instanceof Map ? slot.values() : undefined;
    if (children === undefined) {
      if (slot instanceof Callable || slot instanceof StorageType || slot instanceof Storage)
        throw new FormatError(op, `values must be tensors or plain data, got ${kindOf(slot)}`);
      return 0;
    }
    const known = heights.get(slot);
    if (known !== undefined) return known;
    if (open.has(slot)) throw new FormatError(op, `values must not hold themselves, got ${kindOf(slot)} that does`);
    open.add(slot);
    // Checked on the way down too: the stack of this function is as deep as the value.
    if (open.size > maxDepth) throw tooDeep(op);
    let height = 0;
    for (const child of children) height = Math.max(height, 1 + heightOf(child));
    if (height > maxDepth) throw tooDeep(op);
    open.delete(slot);
    heights.set(slot, height);
    return height;
  };
  heightOf(value);
  return value as PthValue;
}

function tooDeep(op: string): FormatError {
  return new FormatError(op, `values must be nested at most ${maxDepth} deep, got more`);
}
