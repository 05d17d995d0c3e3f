import { BackendError } from '@dl/kernels';
import { array, assert, constantFrom, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../scripts/compile.mjs';
import { encodeText, textCode } from '../scripts/encode-text.mjs';
import { findEdits } from '../scripts/find-edits.mjs';
import { applyEdits } from '../src/apply-edits.ts';
import { decodeText } from '../src/decode-text.ts';
import { textCode as code, relaxedSimdText, simdEdits } from '../src/generated/modules.generated.ts';
import { kernelModules } from '../src/kernel-modules.ts';
import { unshare } from '../src/unshare.ts';

const { relaxedSimd, simd } = kernelModules();

describe('the generated modules', () => {
  it('are, byte by byte, what the sources compile to', async () => {
    expect(Buffer.from(relaxedSimd).equals((await compile('relaxed-simd')).wasm)).toBe(true);
    expect(Buffer.from(simd()).equals((await compile('simd')).wasm)).toBe(true);
  });

  it('import a memory and nothing else', () => {
    const module = new WebAssembly.Module(simd());
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
  });

  it('differ by one bit where the memory is not shared', () => {
    for (const shared of [simd(), relaxedSimd]) {
      const unshared = unshare(shared);
      const changed = [...shared.keys()].filter((i) => shared[i] !== unshared[i]);
      expect(changed.map((i) => [shared[i], unshared[i]])).toEqual([[3, 1]]);
    }
  });

  it('are not mistaken for others', () => {
    const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
    expect(() => unshare(empty)).toThrow(
      new BackendError('unshare', 'a module must import a shared memory and nothing else, got another one'),
    );
    expect(() => unshare(unshare(simd()))).toThrow(BackendError);
  });
});

describe('the texts of the modules', () => {
  it('hold nothing that a minifier or a page would escape', () => {
    for (const text of [relaxedSimdText, simdEdits]) expect(text).not.toMatch(/[^ -~]|["$'<\\`]/);
  });

  it('are of the length of the bytes, but for a few', () => {
    expect(relaxedSimdText.length).toBeLessThan(1.06 * relaxedSimd.length);
  });

  it('write any bytes, in any code', () => {
    const bytes = Uint8Array.from({ length: 512 }, (_, i) => i);
    assert(
      property(uint8Array({ maxLength: 300 }), uint8Array({ maxLength: 300 }), (sample, other) => {
        const own = textCode(sample);
        for (const data of [sample, other, bytes]) {
          expect(decodeText(encodeText(data, own), own)).toEqual(data);
          expect(decodeText(encodeText(data, code), code)).toEqual(data);
        }
      }),
    );
  });
});

describe('edits', () => {
  it('make any bytes of any others', () => {
    const piece = constantFrom(
      Array.from('an edit of some bytes', (c) => c.charCodeAt(0)),
      [1, 2, 3],
      [2],
      Array.from({ length: 200 }, (_, i) => i),
    );
    const bytes = array(piece, { maxLength: 12 }).map((pieces) => Uint8Array.from(pieces.flat()));
    assert(
      property(bytes, bytes, (base, target) => {
        expect(applyEdits(base, findEdits(base, target))).toEqual(target);
      }),
    );
  });

  it('are none between equals, and few between the variants', () => {
    expect(findEdits(relaxedSimd, relaxedSimd)).toHaveLength(0);
    expect(findEdits(relaxedSimd, simd()).length).toBeLessThan(0.15 * relaxedSimd.length);
  });
});
