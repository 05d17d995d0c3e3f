import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError, FormatError } from '@dl/kernels';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { findStateDict, type PthValue, readPth } from '../src/index.ts';
import { bytesOf, type GoldenTensor, goldenFiles, tensorOf } from './golden.ts';
import { legacy, pickle, text } from './pickle.ts';

const files = goldenFiles('pth');

function golden(name: string): Uint8Array<ArrayBuffer> {
  return bytesOf(files.find((file) => file.name === name)!);
}

/** What `plain` of scripts/golden.py made of a value. */
function fromJson(json: unknown): PthValue {
  if (Array.isArray(json)) return json.map(fromJson);
  if (typeof json !== 'object' || json === null) return json as PthValue;
  const tagged = json as { readonly $: string; readonly items: [unknown, unknown][]; readonly values: number[] };
  if (tagged.$ === 'tensor') return tensorOf(json as GoldenTensor);
  if (tagged.$ === 'bytes') return new Uint8Array(tagged.values);
  return new Map(tagged.items.map(([key, value]) => [fromJson(key) as string, fromJson(value)]));
}

/** A zip file of torch around a pickle. */
function zipped(value: Uint8Array, others: Record<string, Uint8Array> = {}): Uint8Array<ArrayBuffer> {
  return zipSync({ 'a/data.pkl': value, ...others }, { level: 0 });
}

/** `file` with `change` made where `bytes` last begin. */
function changed(file: Uint8Array<ArrayBuffer>, bytes: readonly number[], change: (at: DataView) => void): Uint8Array {
  change(new DataView(file.buffer, Buffer.from(file).lastIndexOf(Buffer.from(bytes))));
  return file;
}

const storage = (key: string, type: string, length: number) =>
  ['(', text('storage'), `ctorch\n${type}\n`, text(key), text('cpu'), 'K', length, 't', 'Q'] as const;
const tensor = (offset: number, shape: readonly number[], strides: readonly number[], ...of: ReturnType<typeof storage>) =>
  [
    'ctorch._utils\n_rebuild_tensor_v2\n(',
    ...of,
    ['K'.charCodeAt(0), offset],
    '(',
    shape.flatMap((extent) => [0x4b, extent]),
    't(',
    strides.flatMap((stride) => [0x4b, stride]),
    't',
    0x89,
    'NtR',
  ] as const;
const four = new Uint8Array(new Float32Array([1, 2, 3, 4]).buffer);

describe('readPth reads what PyTorch writes', () => {
  it.each(files)('$name', async (file) => {
    expect(await readPth(bytesOf(file))).toEqual(fromJson(file.value));
  });

  it('from a Blob and from a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dl-io-pth-'));
    const path = join(folder, 'x.pth');
    const expected = await readPth(golden('a state dict'));
    await writeFile(path, golden('a state dict'));
    expect(await readPth(path)).toEqual(expected);
    expect(await readPth(new Blob([golden('a state dict')]))).toEqual(expected);
    await writeFile(path, 'no tensor in sight');
    await expect(readPth(path)).rejects.toThrow(
      `readPth: a file begins as a zip archive or a pickle does, got [110, 111, 32, 116] in ${path}`,
    );
    await rm(folder, { recursive: true });
  });

  it('big-endian, as PyTorch 2.1 marks it', async () => {
    const data = new Uint8Array([0x3f, 0x80, 0, 0, 0x40, 0, 0, 0]);
    const byteorder = new TextEncoder().encode('big');
    const file = zipped(pickle(...tensor(0, [2], [1], ...storage('0', 'FloatStorage', 2))), {
      'a/data/0': data,
      'a/byteorder': byteorder,
    });
    expect(await readPth(file)).toEqual({ shape: [2], dtype: 'float32', data: new Float32Array([1, 2]) });
  });

  it('by Python 2: byte strings for text, ordered dicts of pairs', async () => {
    const pairs = ['ccollections\nOrderedDict\n(]](U', 1, 'aK', 7, 'eatR'] as const;
    expect(await readPth(legacy(pickle(...pairs)))).toEqual(new Map([['a', 7]]));
  });

  it('integers past the safe ones as bigints', async () => {
    const list = [']', [0x8a, 8, 0, 0, 0, 0, 0, 0, 0, 0x80], 'a', [0x8a, 0], 'a', [0x8b, 1, 0, 0, 0, 0xff], 'a'] as const;
    expect(await readPth(legacy(pickle(...list)))).toEqual([-(2n ** 63n), 0, -1]);
  });

  it("a dict's '__proto__' as any other key", async () => {
    const value = await readPth(legacy(pickle('}', text('__proto__'), 'K', 1, 's')));
    expect(value).toEqual(new Map([['__proto__', 1]]));
  });
});

describe('readPth refuses', () => {
  const cases: ReadonlyArray<readonly [string, Uint8Array, string]> = [
    ['a call of the system', legacy(pickle('cposix\nsystem\n', text('ls'), 0x85, 'R')), 'got posix.system (byte 27 of the file)'],
    ['os.system', zipped(pickle('cos\nsystem\n', text('ls'), 0x85, 'R')), 'got os.system (byte 2 of a/data.pkl)'],
    ['eval by protocol 4', zipped(pickle(text('builtins'), text('eval'), 0x93)), 'got builtins.eval (byte 18 of a/data.pkl)'],
    ['getattr on the way to more', zipped(pickle('c__builtin__\ngetattr\n')), 'got __builtin__.getattr'],
    [
      'a class of its own',
      zipped(pickle('c__main__\nNet\n)', 0x81)),
      'must name only what builds tensors and plain data, got __main__.Net',
    ],
    ['storages of complex numbers', zipped(pickle('ctorch\nComplexFloatStorage\n')), 'got torch.ComplexFloatStorage'],
    ['a new object', zipped(pickle('ccollections\nOrderedDict\n)', 0x81)), 'got 0x81 (byte'],
    ['an INST', zipped(pickle('(ios\nsystem\n')), 'got 0x69'],
    ['a call of a dict', zipped(pickle('})R')), 'calls must be to what builds tensors and plain data, got a dict'],
    ['a call without a tuple', zipped(pickle('ctorch\nSize\nNR')), 'calls must have a tuple of arguments, got None (torch.Size)'],
    ['wrong arguments', zipped(pickle('ctorch\nSize\n)R')), 'got torch.Size()'],
    ['attributes of a list', zipped(pickle(']}b')), "attributes must be a dict's, got a dict for a list or tuple"],
    ['a name that is left over', zipped(pickle('ctorch\nSize\n')), 'values must be tensors or plain data, got torch.Size'],
    ['a storage for a value', zipped(pickle(...storage('0', 'FloatStorage', 4)), { 'a/data/0': four }), 'got a storage'],
    [
      'a list that holds itself',
      zipped(pickle(']q', 0, 'h', 0, 'a')),
      'values must not hold themselves, got a list or tuple that does',
    ],
    ['a tower of lists', zipped(pickle(']', new Array(300).fill(0x85))), 'values must be nested at most 256 deep'],
    ['a tower too high to walk', zipped(pickle(']', new Array(100_000).fill(0x85))), 'nested at most 256 deep'],
    [
      'two towers on each other',
      zipped(pickle(']', new Array(200).fill(0x85), 'q', 0, 'h', 0, new Array(200).fill(0x85), 0x86)),
      'nested at most 256 deep',
    ],
    [
      'a key that is a list',
      zipped(pickle('}]Ns')),
      'keys of dicts must be text, numbers, booleans or None, got a list or tuple',
    ],
    ['half a pair', zipped(pickle('}(Nu')), 'keys and values must come in pairs, got 1'],
    ['an empty stack', zipped(pickle('0')), 'got an empty stack'],
    ['a stack empty above the mark', zipped(pickle('N(0N')), 'got an empty stack'],
    ['no mark', zipped(pickle('t')), 'a pickle must set a mark'],
    ['a memo that was never stored', zipped(pickle('h', 9)), 'a pickle must store memo 9 before it reads it'],
    ['protocol 1', zipped(new Uint8Array([0x80, 1, 0x4e, 0x2e])), 'pickle protocols must be 2 to 5, got 1'],
    ['text past the end', zipped(pickle('X', 0xff, 0xff, 0xff, 0xff)), 'lengths must fit the file, got 4294967295 and 1 bytes'],
    ['bytes past any file', zipped(pickle(0x8e, new Array(8).fill(0xff))), 'lengths must fit the file, got 18446744073709551615'],
    ['a long integer', zipped(pickle(0x8b, 1, 4, 0, 0)), 'integers must have at most 1024 bytes, got 1025'],
    ['text that is no UTF-8', zipped(pickle(0x8c, 1, 0xff)), 'text must be UTF-8'],
    ['a frame past the end', zipped(pickle(0x95, 9, 0, 0, 0, 0, 0, 0, 0)), 'frames must fit the file, got 9 and 1 bytes'],
    ['a persistent id of another kind', zipped(pickle(text('x'), 'Q')), 'persistent ids must be'],
    [
      'a view of a storage',
      legacy(pickle('(', text('storage'), 'ctorch\nFloatStorage\n', text('0'), text('cpu'), 'K', 4, text('view'), 'tQ')),
      "storages must be whole, got a view of one ('0')",
    ],
    [
      'a pickle past reason',
      changed(zipped(pickle('N')), [0x50, 0x4b, 1, 2], (row) => {
        for (const field of [20, 24]) row.setUint32(field, 2 ** 27, true);
      }),
      "pickles must have at most 67108864 bytes, got 134217728 (member 'a/data.pkl')",
    ],
    [
      'a storage with another length before it',
      changed(golden('a parameter, legacy'), [2, 0, 0, 0, 0, 0, 0, 0], (length) => length.setUint8(0, 1)),
      'storages must have their length, got 1 and 2 (storage',
    ],
    [
      'a tensor past its storage',
      zipped(pickle(...tensor(1, [2, 2], [2, 1], ...storage('0', 'FloatStorage', 4))), { 'a/data/0': four }),
      "must lie in their storage, got element 4 of 4 ([2, 2], strides [2, 1], storage '0')",
    ],
    [
      'strides that are too few',
      zipped(pickle(...tensor(0, [2, 2], [1], ...storage('0', 'FloatStorage', 4)))),
      'tensors must have a stride for each axis, got 1 for 2',
    ],
    [
      'a storage that is another the second time',
      zipped(pickle(...storage('0', 'FloatStorage', 4), ...storage('0', 'IntStorage', 4))),
      "a storage must be the same wherever it is named, got F32 [4] and I32 [4] ('0')",
    ],
    [
      'a storage that is not there',
      zipped(pickle(...tensor(0, [4], [1], ...storage('../0', 'FloatStorage', 4)))),
      "storages must be members of the archive and fill them, got none (storage '../0')",
    ],
    [
      'a storage of another length',
      zipped(pickle(...tensor(0, [4], [1], ...storage('0', 'DoubleStorage', 4))), { 'a/data/0': four }),
      'got 16 bytes and a need of 32',
    ],
    [
      'a 64-bit integer past int32',
      zipped(pickle(...tensor(0, [], [], ...storage('0', 'LongStorage', 1))), { 'a/data/0': new Uint8Array(8).fill(0x7f) }),
      "I64 values are read as int32 and must fit it, got 9187201950435737471 (storage '0', [], element 0)",
    ],
    ['TorchScript', zipped(pickle('N'), { 'a/constants.pkl': pickle(')') }), 'got TorchScript'],
    ['an archive of something else', zipSync({ 'readme.txt': four }), 'a member data.pkl in a folder, got "readme.txt"'],
    ['another byte order', zipped(pickle('N'), { 'a/byteorder': four }), 'byteorder must be little or big, got undefined'],
    ['another pickle', pickle('N'), 'the magic number of torch.save must be 119547037146038801333356, got another value'],
    ['a list of storages that are not used', legacy(pickle('N'), pickle(']', text('0'), 'a')), 'must name each of 0 once'],
    ['bytes left over', new Uint8Array([...legacy(pickle('N')), 0]), 'a file must end with its storages, got 1 bytes more'],
  ];
  it.each(cases)('%s', async (_, file, message) => {
    await expect(readPth(file)).rejects.toThrow(FormatError);
    await expect(readPth(file)).rejects.toThrow(message);
  });

  it('a tar archive, of PyTorch 0.1', async () => {
    const file = new Uint8Array(512);
    file.set(new TextEncoder().encode('ustar'), 257);
    await expect(readPth(file)).rejects.toThrow('got a tar archive (PyTorch 0.1)');
  });

  it('small tensors that are expanded to large ones', async () => {
    const of = tensor(0, [200, 200, 200, 200], [0, 0, 0, 0], ...storage('0', 'FloatStorage', 4));
    const file = zipped(pickle(...of), { 'a/data/0': four });
    await expect(readPth(file)).rejects.toThrow('maxBytes = 1073741824 at most, got 6400000000 bytes');
    await expect(readPth(golden('views'), { maxBytes: 99 })).rejects.toThrow('maxBytes = 99 at most');
  });

  it('deflated storages that grow past the limit', async () => {
    const big = { 'a/data/0': new Uint8Array(4 * 200) };
    const file = zipSync({ 'a/data.pkl': pickle(...tensor(0, [1], [1], ...storage('0', 'FloatStorage', 200))), ...big });
    expect(await readPth(file)).toEqual({ shape: [1], dtype: 'float32', data: new Float32Array(1) });
    await expect(readPth(file, { maxBytes: 803 })).rejects.toThrow("maxBytes = 803 at most, got 804 bytes (storage '0')");
  });

  it('one argument that many calls copy', async () => {
    const dict = ['}(', ...Array.from({ length: 100 }, (_, i) => ['K', i, 'N'] as const).flat(), 'uq', 0] as const;
    const copies = Array.from({ length: 100 }, () => ['ccollections\nCounter\nh', 0, 0x85, 'R0'] as const).flat();
    await expect(readPth(legacy(pickle(...dict, ...copies)), { maxBytes: 100_000 })).rejects.toThrow('(collections.Counter)');
    const bytes = Array.from({ length: 100 }, () => ['c_codecs\nencode\nh', 0, text('latin1'), 0x86, 'R0'] as const).flat();
    const calls = legacy(pickle(text('x'.repeat(100)), 'q', 0, ...bytes));
    await expect(readPth(calls, { maxBytes: 100_000 })).rejects.toThrow('(_codecs.encode)');
    expect(await readPth(calls)).toBe('x'.repeat(100));
  });

  it.each(['views', 'views, legacy', 'plain data', 'a parameter, protocol 4'])('every truncation of %s', async (name) => {
    const file = golden(name);
    for (let length = 0; length < file.length; length++)
      await expect(readPth(file.subarray(0, length))).rejects.toThrow(FormatError);
  });

  it('damage, by FormatError or by other values, never by anything else', async () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
    const names = files.map(({ name }) => name).filter((name) => name.endsWith('legacy'));
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), damage, async (name, flips) => {
        const file = golden(name);
        for (const [where, value] of flips) file[where % file.length] = value;
        await readPth(file, { maxBytes: 2 ** 20 }).catch((error) => {
          refused++;
          expect(error).toBeInstanceOf(FormatError);
        });
      }),
      { numRuns: 2000 },
    );
    expect(refused).toBeGreaterThan(500);
  });

  it('or reads any opcodes whatever', async () => {
    const codes = [...'\x80\x95NJKMGTUXCB(012]ae)t}surqhjcRbQ\x85\x86\x87\x88\x89\x8a\x8b\x8c\x93\x94'].map((char) =>
      char.charCodeAt(0),
    );
    const program = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...codes) }, fc.nat(3)), { maxLength: 40 });
    let read = 0;
    await fc.assert(
      fc.asyncProperty(program, async (bytes) => {
        await readPth(legacy(pickle(bytes)), { maxBytes: 2 ** 20 }).then(
          () => read++,
          (error) => expect(error).toBeInstanceOf(FormatError),
        );
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(10);
  });
});

describe('findStateDict', () => {
  it.each(['a state dict', 'a state dict, legacy', 'a checkpoint'])('finds the tensors of %s', async (name) => {
    const weights = findStateDict(await readPth(golden(name)));
    expect(weights.get(name === 'a checkpoint' ? 'weight' : '2.weight')?.shape).toEqual([2, 3]);
  });

  const one = { shape: [], dtype: 'float32', data: new Float32Array(1) } as const;
  it('takes the more telling name first', () => {
    const value = new Map<string, PthValue>([
      ['model', new Map([['a', one]])],
      ['state_dict', new Map([['b', one]])],
      ['best', one],
    ]);
    expect([...findStateDict(value).keys()]).toEqual(['b']);
  });

  it.each([
    ['no dict', [one], 'a checkpoint must be a dict, got another value'],
    ['no tensors', new Map([['epoch', 3]]), "or hold one under state_dict, model_state_dict, model, net, got keys 'epoch'"],
    ['an empty dict', new Map(), 'got keys of none'],
  ])('refuses %s', (_, value, message) => {
    expect(() => findStateDict(value as PthValue)).toThrow(ArgumentError);
    expect(() => findStateDict(value as PthValue)).toThrow(message);
  });
});
