import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BackendError } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import { relaxedSimdModule } from '../src/generated/relaxed-simd.generated.ts';
import { simdModule } from '../src/generated/simd.generated.ts';
import { decodeHex } from '../src/hex.ts';
import { unshare } from '../src/unshare.ts';

describe('the generated modules', () => {
  it('are what the sources compile to', async () => {
    const script = fileURLToPath(new URL('../scripts/build.mjs', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [script, '--check']);
    expect(stdout).toBe('src/generated is current\n');
  });

  it('import a memory and nothing else', () => {
    const module = new WebAssembly.Module(decodeHex(simdModule));
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
  });

  it('differ by one bit where the memory is not shared', () => {
    for (const text of [simdModule, relaxedSimdModule]) {
      const shared = decodeHex(text);
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
    expect(() => unshare(unshare(decodeHex(simdModule)))).toThrow(BackendError);
  });
});
