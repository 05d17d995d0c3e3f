import type { ElementName } from '../../elements/element-types.ts';
import type { PickleMachine } from './machine.ts';
import { Callable, kindOf, type Slot, StorageType } from './slots.ts';

/** About what an entry of a Map takes. */
const bytesPerItem = 32;

type Rule = (machine: PickleMachine, args: readonly Slot[], name: string) => Slot;

/** The callables that are known, and what stands for them. */
const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['torch._utils._rebuild_tensor_v2', (machine, args) => machine.tensors.rebuild(machine, args)],
  ['torch._utils._rebuild_tensor', (machine, args) => machine.tensors.rebuild(machine, args)],
  ['torch._utils._rebuild_parameter', parameterData],
  ['torch.Size', listOf],
  ['torch.device', deviceText],
  ['collections.OrderedDict', dictOf],
  ['collections.Counter', dictOf],
  // Protocol 2 has no bytes: Python 3 writes them as a call, and none as another.
  ['_codecs.encode', latin1Bytes],
  ['__builtin__.bytes', noBytes],
  ['builtins.bytes', noBytes],
]);

/** The storages of torch whose elements have a dtype here. */
const storages: ReadonlyMap<string, ElementName> = new Map<string, ElementName>([
  ['DoubleStorage', 'F64'],
  ['FloatStorage', 'F32'],
  ['HalfStorage', 'F16'],
  ['BFloat16Storage', 'BF16'],
  ['LongStorage', 'I64'],
  ['IntStorage', 'I32'],
  ['ShortStorage', 'I16'],
  ['CharStorage', 'I8'],
  ['ByteStorage', 'U8'],
  ['BoolStorage', 'BOOL'],
]);

const dtypeNames: ReadonlySet<string> = new Set(
  'float64 float32 float16 bfloat16 int64 int32 int16 int8 uint8 bool complex64 complex128'.split(' '),
);

/** What stands for a name of Python. Every other name is refused where it stands, called or not. */
export function resolveGlobal(machine: PickleMachine, module: string, name: string): Slot {
  const full = `${module}.${name}`;
  const rule = rules.get(full);
  if (rule !== undefined) return new Callable(full, (caller, args) => rule(caller, args, full));
  const element = module === 'torch' || module === 'torch.cuda' ? storages.get(name) : undefined;
  if (element !== undefined) return new StorageType(full, element);
  if (module === 'torch' && dtypeNames.has(name)) return full;
  const shown = full.length > 100 ? `${full.slice(0, 100)}…` : full;
  throw machine.error(`a file must name only what builds tensors and plain data, got ${shown}`);
}

/** Data, requires_grad, hooks. */
function parameterData(machine: PickleMachine, args: readonly Slot[], name: string): Slot {
  const [tensor] = args;
  if (args.length !== 3 || tensor === undefined || kindOf(tensor) !== 'a tensor') throw wrongArguments(machine, name, args);
  return tensor;
}

function listOf(machine: PickleMachine, args: readonly Slot[], name: string): Slot {
  const [items] = args;
  if (args.length !== 1 || !Array.isArray(items)) throw wrongArguments(machine, name, args);
  return items;
}

function deviceText(machine: PickleMachine, args: readonly Slot[], name: string): Slot {
  const [type, index] = args;
  const isRight = typeof type === 'string' && (args.length === 1 || (args.length === 2 && typeof index === 'number'));
  if (!isRight) throw wrongArguments(machine, name, args);
  return args.length === 1 ? type : `${type}:${index}`;
}

/** Of nothing, of a dict, or, by Python 2, of pairs. */
function dictOf(machine: PickleMachine, args: readonly Slot[], name: string): Slot {
  const [items] = args;
  if (args.length === 0) return new Map();
  if (args.length !== 1 || !(items instanceof Map || Array.isArray(items))) throw wrongArguments(machine, name, args);
  takeCopy(machine, items instanceof Map ? items.size : items.length, name);
  if (items instanceof Map) return new Map(items);
  return new Map(
    items.map((pair) => {
      if (!Array.isArray(pair) || pair.length !== 2) throw wrongArguments(machine, name, args);
      return [machine.key(pair[0]), pair[1]];
    }),
  );
}

function latin1Bytes(machine: PickleMachine, args: readonly Slot[], name: string): Slot {
  const [text, encoding] = args;
  if (typeof text !== 'string' || encoding !== 'latin1') throw wrongArguments(machine, name, args);
  takeCopy(machine, text.length, name);
  return Uint8Array.from(text, (char) => {
    const code = char.charCodeAt(0);
    if (char.length > 1 || code > 255) throw machine.error('bytes must be written as Latin-1, got another character');
    return code;
  });
}

function noBytes(machine: PickleMachine, args: readonly Slot[], name: string): Slot {
  if (args.length !== 0) throw wrongArguments(machine, name, args);
  return new Uint8Array(0);
}

/** One argument may be copied by any number of calls, a few bytes each. */
function takeCopy(machine: PickleMachine, length: number, name: string): void {
  machine.tensors.budget.take(bytesPerItem * length, name);
}

function wrongArguments(machine: PickleMachine, name: string, args: readonly Slot[]): Error {
  const shown = args.slice(0, 8).map(kindOf).join(', ');
  return machine.error(`calls must have the arguments that torch writes, got ${name}(${shown}${args.length > 8 ? ', …' : ''})`);
}
