import type { FormatError } from '@dl/kernels';
import type { TensorTable } from '../tensor-table.ts';
import type { PthKey } from '../value.ts';
import { opcodes } from './opcodes.ts';
import type { PickleReader } from './reader.ts';
import { kindOf, type Slot } from './slots.ts';

/**
 * Reads pickles as data: a stack machine whose calls go to the few rules of `globals.ts`, and which knows no other name. Memory grows
 * with the file only, since every instruction takes a byte of it at least.
 */
export class PickleMachine {
  readonly reader: PickleReader;
  readonly tensors: TensorTable;
  readonly memo: Map<number, Slot> = new Map();
  readonly #stack: Slot[] = [];
  /** Heights of the stack at each open mark. */
  readonly #marks: number[] = [];
  /** Where the instruction that runs begins. */
  #at = 0;

  constructor(reader: PickleReader, tensors: TensorTable) {
    this.reader = reader;
    this.tensors = tensors;
  }

  /** Runs to the end of one pickle and gives its value. */
  run(): Slot {
    for (;;) {
      this.#at = this.reader.at;
      const code = this.reader.uint8();
      if (code === stop) return this.pop();
      const instruction = opcodes.get(code);
      if (instruction === undefined) {
        throw this.error(
          `pickles must have the opcodes of protocols 2 to 5 that tensors and plain data need, got 0x${hex(code)}`,
        );
      }
      instruction(this);
    }
  }

  /** An error about the instruction that runs. */
  error(detail: string): FormatError {
    return this.reader.error(detail, this.#at);
  }

  push(value: Slot): void {
    this.#stack.push(value);
  }

  pop(): Slot {
    const value = this.peek();
    this.#stack.pop();
    return value;
  }

  peek(): Slot {
    const value = this.#stack.length > this.#floor() ? this.#stack.at(-1) : undefined;
    if (value === undefined) throw this.error('a pickle must put values on its stack before it takes them, got an empty stack');
    return value;
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  /** Everything above the last mark, which goes with it. */
  popToMark(): Slot[] {
    const height = this.#marks.pop();
    if (height === undefined) throw this.error('a pickle must set a mark before it takes what is above it, got none');
    return this.#stack.splice(height);
  }

  remember(index: number): void {
    this.memo.set(index, this.peek());
  }

  recall(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) throw this.error(`a pickle must store memo ${index} before it reads it, got nothing`);
    this.push(value);
  }

  /** Adds to the list on the stack. */
  append(items: readonly Slot[]): void {
    const list = this.peek();
    if (!Array.isArray(list)) throw this.error(`items must be added to a list, got ${kindOf(list)}`);
    for (const item of items) list.push(item);
  }

  /** Adds keys and values, by turns, to the dict on the stack. */
  setItems(items: readonly Slot[]): void {
    const dict = this.peek();
    if (!(dict instanceof Map)) throw this.error(`keys must be set in a dict, got ${kindOf(dict)}`);
    if (items.length % 2 !== 0) throw this.error(`keys and values must come in pairs, got ${items.length}`);
    for (let i = 0; i < items.length; i += 2) dict.set(this.key(items[i]), items[i + 1]);
  }

  key(value: Slot): PthKey {
    if (value === null || typeof value !== 'object') return value;
    throw this.error(`keys of dicts must be text, numbers, booleans or None, got ${kindOf(value)}`);
  }

  #floor(): number {
    return this.#marks.at(-1) ?? 0;
  }
}

/** `.` */
const stop = 0x2e;

function hex(code: number): string {
  return code.toString(16).padStart(2, '0');
}
