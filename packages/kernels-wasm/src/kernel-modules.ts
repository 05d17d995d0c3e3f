import { applyEdits } from './apply-edits.ts';
import { decodeText } from './decode-text.ts';
import { relaxedSimdText, simdEdits, textCode } from './generated/modules.generated.ts';

/** The two variants of the kernels, as the compiler wrote them. */
export interface KernelModules {
  /** With relaxed SIMD: a product and a sum are one instruction. */
  readonly relaxedSimd: Uint8Array<ArrayBuffer>;
  /** With 128-bit SIMD alone. */
  simd(): Uint8Array<ArrayBuffer>;
}

/** Decodes the kernels. The plain variant, nearly the same code, is kept as its differences from the other. */
export function kernelModules(): KernelModules {
  const relaxedSimd = decodeText(relaxedSimdText, textCode);
  return { relaxedSimd, simd: () => applyEdits(relaxedSimd, decodeText(simdEdits, textCode)) };
}
