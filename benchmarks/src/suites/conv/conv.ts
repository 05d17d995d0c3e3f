import type { Bench } from '../../bench.ts';
import { onnxruntime } from '../../peers/onnxruntime.ts';
import { type ConvShape, first, gigaflopOf, layout, nameOf, wide } from './conv-shape.ts';
import { jaxConv } from './jax-conv.ts';
import { ownConv, ownInputGrad, ownWeightGrad } from './own-conv.ts';
import { tfjsConv, tfjsInputGrad, tfjsWeightGrad } from './tfjs-conv.ts';

/** Convolutions and their two gradients. */
export async function conv(bench: Bench): Promise<void> {
  for (const shape of [wide, { ...wide, batch: 32 }, first]) await forward(bench, shape);
  for (const shape of [wide, first]) await inputGrad(bench, shape);
  for (const shape of [wide, first]) await weightGrad(bench, shape);
}

async function forward(bench: Bench, shape: ConvShape): Promise<void> {
  const { x, w, y, padding } = layout(shape);
  await bench.compare({
    work: nameOf('conv', shape),
    gigaflop: gigaflopOf(shape),
    ours: (backend) => ownConv(backend, shape),
    entrants: [
      tfjsConv('wasm', bench.threads, shape),
      onnxruntime(bench.threads, {
        opType: 'Conv',
        inputs: [
          { shape: x, seed: 1 },
          { shape: w, seed: 2 },
        ],
        outputShape: y,
        attributes: { pads: [padding, padding, padding, padding] },
      }),
      jaxConv('wasm', bench.threads, shape),
      bench.pytorch.entrant('conv', 'forward', ...pythonArgs(shape)),
    ],
  });
}

async function inputGrad(bench: Bench, shape: ConvShape): Promise<void> {
  const { x, w, y, padding } = layout(shape);
  await bench.compare({
    work: nameOf('input gradient', shape),
    gigaflop: gigaflopOf(shape),
    ours: (backend) => ownInputGrad(backend, shape),
    entrants: [
      tfjsInputGrad('wasm', bench.threads, shape),
      onnxruntime(bench.threads, {
        opType: 'ConvTranspose',
        inputs: [
          { shape: y, seed: 3 },
          { shape: w, seed: 2 },
        ],
        outputShape: x,
        attributes: { pads: [padding, padding, padding, padding] },
      }),
      bench.pytorch.entrant('conv', 'inputGrad', ...pythonArgs(shape)),
    ],
  });
}

async function weightGrad(bench: Bench, shape: ConvShape): Promise<void> {
  await bench.compare({
    work: nameOf('weight gradient', shape),
    gigaflop: gigaflopOf(shape),
    ours: (backend) => ownWeightGrad(backend, shape),
    entrants: [tfjsWeightGrad('wasm', bench.threads, shape), bench.pytorch.entrant('conv', 'weightGrad', ...pythonArgs(shape))],
  });
}

function pythonArgs({ batch, inChannels, outChannels, size, kernel }: ConvShape): number[] {
  return [batch, inChannels, outChannels, size, kernel];
}
