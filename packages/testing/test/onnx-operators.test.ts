import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createReferenceBackend } from '@dl/kernels';
import { createWasmBackend } from '@dl/kernels-wasm';
import { tensor } from '@dl/tensor';
import { type ParseError, parse } from 'jsonc-parser';
import { afterAll, describe, expect, it } from 'vitest';
import { attributesOf, dtypeOf, elementsOf, type OnnxCase, type OnnxGroup } from '../src/onnx/cases.ts';
import { onnxOperators, runOnnx } from '../src/onnx/operators.ts';

const folder = process.env.DL_CONFORMANCE_DIR && join(process.env.DL_CONFORMANCE_DIR, 'onnx-ops-json');

function readGroups(file: string): readonly OnnxGroup[] {
  const errors: ParseError[] = [];
  const groups: OnnxGroup[] = parse(readFileSync(file, 'utf8'), errors, { allowTrailingComma: true });
  if (errors.length > 0) throw new Error(`${file} must be JSON with comments, got an error at ${errors[0].offset}`);
  return groups;
}

/** Cases that are not run, by file and group, and why. */
const skipped: Readonly<Record<string, string>> = {
  'conv.jsonc › conv - group - B': 'the data do not fill the shape',
  'leaky-relu.jsonc › leakyRelu with no (default) attributes': 'the data do not fill the shape',
  'image-scaler.jsonc › abs with no attributes': 'three biases for two channels, which no broadcast allows',
  'softmax.jsonc › Softmax with no attributes': 'the data are an object, not a list',
  'pad.jsonc › Reflect 1D': 'mirrors more than there is, which PyTorch refuses, too',
  'pad.jsonc › Reflect 2D': 'mirrors more than there is, which PyTorch refuses, too',
  'pad.jsonc › Reflect 3D': 'mirrors more than there is, which PyTorch refuses, too',
};

const files = folder !== undefined && existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jsonc')) : [];

describe.skipIf(files.length === 0)('ONNX operator cases (DL_CONFORMANCE_DIR)', () => {
  const backends = { reference: createReferenceBackend(), wasm: createWasmBackend({ threads: 1 }) };
  afterAll(() => {
    for (const backend of Object.values(backends)) backend.dispose();
  });

  async function check(backend: (typeof backends)['wasm'], group: OnnxGroup, one: OnnxCase): Promise<void> {
    const operator = onnxOperators[group.operator];
    const inputs = one.inputs.map((input) => {
      const dtype = dtypeOf(input);
      if (dtype === undefined) throw new Error(`no dtype for ${input.type}`);
      return tensor(elementsOf(input), { shape: input.dims, dtype, backend });
    });
    const outputs = runOnnx(operator, inputs, attributesOf(group), one.inputs);
    expect(outputs.length).toBe(one.outputs.length);
    for (const [k, expected] of one.outputs.entries()) {
      expect(outputs[k].shape).toEqual(expected.dims);
      const wanted = elementsOf(expected);
      const found = await outputs[k].data();
      for (const [i, value] of wanted.entries()) {
        if (Number.isFinite(value)) expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(2e-4 * (1 + Math.abs(value)));
        else expect(found[i]).toBe(value);
      }
    }
  }

  for (const file of files) {
    for (const group of readGroups(join(folder ?? '', file))) {
      const reason = skipped[`${file} › ${group.name}`];
      describe.skipIf(reason !== undefined)(`${file} › ${group.operator} › ${group.name}${reason ? `: ${reason}` : ''}`, () => {
        for (const one of group.cases) {
          for (const [name, backend] of Object.entries(backends)) {
            it(`${one.name} on ${name}`, () => check(backend, group, one));
          }
        }
      });
    }
  }
});
