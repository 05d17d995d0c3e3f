import { resolveGlobal } from './globals.ts';
import type { PickleMachine } from './machine.ts';
import { Callable, kindOf, type Slot } from './slots.ts';

type Instruction = (machine: PickleMachine) => void;

/**
 * The instructions of protocols 2 to 5 that tensors and plain data need. Left out on purpose: text opcodes of protocol 0, objects
 * (`NEWOBJ`, `INST`, `OBJ`), extension codes, sets, and buffers outside the file.
 *
 * @see https://github.com/python/cpython/blob/main/Lib/pickletools.py
 */
export const opcodes: ReadonlyMap<number, Instruction> = new Map<number, Instruction>([
  [0x80, checkProtocol],
  [0x95, checkFrame],

  [0x4e, (m) => m.push(null)], // NONE
  [0x88, (m) => m.push(true)], // NEWTRUE
  [0x89, (m) => m.push(false)], // NEWFALSE
  [0x4a, (m) => m.push(m.reader.int32())], // BININT
  [0x4b, (m) => m.push(m.reader.uint8())], // BININT1
  [0x4d, (m) => m.push(m.reader.uint16())], // BININT2
  [0x8a, (m) => pushLong(m, m.reader.uint8())], // LONG1
  [0x8b, (m) => pushLong(m, m.reader.uint32())], // LONG4
  [0x47, (m) => m.push(m.reader.float64())], // BINFLOAT

  // Python 2 wrote its byte strings by these two; torch.load takes them for text as well.
  [0x54, (m) => m.push(m.reader.text(m.reader.uint32()))], // BINSTRING
  [0x55, (m) => m.push(m.reader.text(m.reader.uint8()))], // SHORT_BINSTRING
  [0x8c, (m) => m.push(m.reader.text(m.reader.uint8()))], // SHORT_BINUNICODE
  [0x58, (m) => m.push(m.reader.text(m.reader.uint32()))], // BINUNICODE
  [0x8d, (m) => m.push(m.reader.text(m.reader.uint64()))], // BINUNICODE8
  [0x43, (m) => m.push(m.reader.bytes(m.reader.uint8()).slice())], // SHORT_BINBYTES
  [0x42, (m) => m.push(m.reader.bytes(m.reader.uint32()).slice())], // BINBYTES
  [0x8e, (m) => m.push(m.reader.bytes(m.reader.uint64()).slice())], // BINBYTES8
  [0x96, (m) => m.push(m.reader.bytes(m.reader.uint64()).slice())], // BYTEARRAY8

  [0x28, (m) => m.mark()], // MARK
  [0x30, (m) => m.pop()], // POP
  [0x31, (m) => m.popToMark()], // POP_MARK
  [0x32, (m) => m.push(m.peek())], // DUP

  [0x5d, (m) => m.push([])], // EMPTY_LIST
  [0x61, (m) => m.append([m.pop()])], // APPEND
  [0x65, (m) => m.append(m.popToMark())], // APPENDS
  [0x29, (m) => m.push([])], // EMPTY_TUPLE
  [0x74, (m) => m.push(m.popToMark())], // TUPLE
  [0x85, (m) => pushTuple(m, 1)],
  [0x86, (m) => pushTuple(m, 2)],
  [0x87, (m) => pushTuple(m, 3)],
  [0x7d, (m) => m.push(new Map())], // EMPTY_DICT
  [0x73, (m) => m.setItems([m.pop(), m.pop()].reverse())], // SETITEM
  [0x75, (m) => m.setItems(m.popToMark())], // SETITEMS

  [0x71, (m) => m.remember(m.reader.uint8())], // BINPUT
  [0x72, (m) => m.remember(m.reader.uint32())], // LONG_BINPUT
  [0x94, (m) => m.remember(m.memo.size)], // MEMOIZE
  [0x68, (m) => m.recall(m.reader.uint8())], // BINGET
  [0x6a, (m) => m.recall(m.reader.uint32())], // LONG_BINGET

  [0x63, (m) => m.push(resolveGlobal(m, m.reader.line(), m.reader.line()))], // GLOBAL
  [0x93, pushStackGlobal],
  [0x52, reduce],
  [0x62, build],
  [0x51, (m) => m.push(m.tensors.storage(m, m.pop()))], // BINPERSID
]);

/** Torch's magic number has 10 bytes; a longer number is no number of a checkpoint. */
const maxLongBytes = 1024;

function checkProtocol(machine: PickleMachine): void {
  const protocol = machine.reader.uint8();
  if (protocol < 2 || protocol > 5) throw machine.error(`pickle protocols must be 2 to 5, got ${protocol}`);
}

/** A frame only says how much may be read ahead. */
function checkFrame(machine: PickleMachine): void {
  const length = machine.reader.uint64();
  if (length > machine.reader.left)
    throw machine.error(`frames must fit the file, got ${length} and ${machine.reader.left} bytes`);
}

/** Little-endian two's complement. */
function pushLong(machine: PickleMachine, length: number): void {
  if (length > maxLongBytes) throw machine.error(`integers must have at most ${maxLongBytes} bytes, got ${length}`);
  const bytes = machine.reader.bytes(length);
  let value = 0n;
  for (const byte of bytes.toReversed()) value = (value << 8n) | BigInt(byte);
  value = BigInt.asIntN(8 * length, value);
  const number = Number(value);
  machine.push(Number.isSafeInteger(number) ? number : value);
}

function pushTuple(machine: PickleMachine, length: number): void {
  const items: Slot[] = [];
  for (let i = 0; i < length; i++) items.push(machine.pop());
  machine.push(items.reverse());
}

function pushStackGlobal(machine: PickleMachine): void {
  const name = machine.pop();
  const module = machine.pop();
  if (typeof name !== 'string' || typeof module !== 'string') {
    throw machine.error(`globals must be named by text, got ${kindOf(module)} and ${kindOf(name)}`);
  }
  machine.push(resolveGlobal(machine, module, name));
}

function reduce(machine: PickleMachine): void {
  const args = machine.pop();
  const callable = machine.pop();
  if (!(callable instanceof Callable))
    throw machine.error(`calls must be to what builds tensors and plain data, got ${kindOf(callable)}`);
  if (!Array.isArray(args)) throw machine.error(`calls must have a tuple of arguments, got ${kindOf(args)} (${callable.name})`);
  machine.push(callable.call(machine, args));
}

/** Attributes of an `OrderedDict`: a state dict has `_metadata`, the versions of its modules, which is not part of the data. */
function build(machine: PickleMachine): void {
  const state = machine.pop();
  const target = machine.peek();
  if (!(target instanceof Map) || !(state instanceof Map)) {
    throw machine.error(`attributes must be a dict's, got ${kindOf(state)} for ${kindOf(target)}`);
  }
}
