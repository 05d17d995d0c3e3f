import { type GpujsMode, gpujs, type PlainKernel } from '../../peers/gpujs.ts';
import type { TfjsBackend } from '../../peers/tfjs.ts';
import { type ConvShape, first, gigaflopOf, nameOf, wide } from '../conv/conv-shape.ts';
import { jaxConv, jaxInputGrad, jaxWeightGrad } from '../conv/jax-conv.ts';
import { ownConv, ownInputGrad, ownWeightGrad } from '../conv/own-conv.ts';
import { tfjsConv, tfjsInputGrad, tfjsWeightGrad } from '../conv/tfjs-conv.ts';
import type { GpuBench } from './gpu-bench.ts';

const backends: readonly TfjsBackend[] = ['webgl', 'webgpu'];
const modes: readonly GpujsMode[] = ['webgl2', 'webgpu'];

/** Convolutions and their two gradients. */
export async function convolutions(bench: GpuBench): Promise<void> {
  for (const shape of [wide, first]) {
    await bench.compare({
      work: nameOf('conv', shape),
      gigaflop: gigaflopOf(shape),
      ours: (backend) => ownConv(backend, shape),
      entrants: [
        ...backends.map((backend) => tfjsConv(backend, 1, shape)),
        jaxConv('webgpu', 1, shape),
        ...(shape === wide ? modes.map((mode) => gpujs(mode, plainConv(shape))) : []),
      ],
    });
  }
  await bench.compare({
    work: nameOf('input gradient', wide),
    gigaflop: gigaflopOf(wide),
    ours: (backend) => ownInputGrad(backend, wide),
    entrants: [...backends.map((backend) => tfjsInputGrad(backend, 1, wide)), jaxInputGrad('webgpu', 1, wide)],
  });
  await bench.compare({
    work: nameOf('weight gradient', wide),
    gigaflop: gigaflopOf(wide),
    ours: (backend) => ownWeightGrad(backend, wide),
    entrants: [...backends.map((backend) => tfjsWeightGrad(backend, 1, wide)), jaxWeightGrad('webgpu', 1, wide)],
  });
}

function plainConv({ batch, inChannels, outChannels, size, kernel }: ConvShape): PlainKernel {
  return {
    source: `function (x, w) {
      const n = Math.floor((this.thread.z + 0.5) / this.constants.outChannels);
      const o = this.thread.z - n * this.constants.outChannels;
      let total = 0;
      for (let c = 0; c < this.constants.inChannels; c++) {
        for (let i = 0; i < this.constants.kernel; i++) {
          for (let j = 0; j < this.constants.kernel; j++) {
            const row = this.thread.y + i - this.constants.padding;
            const column = this.thread.x + j - this.constants.padding;
            if (row >= 0 && row < this.constants.size && column >= 0 && column < this.constants.size) {
              total += x[n * this.constants.inChannels + c][row][column] * w[o * this.constants.inChannels + c][i][j];
            }
          }
        }
      }
      return total;
    }`,
    constants: { inChannels, outChannels, size, kernel, padding: (kernel - 1) / 2 },
    inputs: [
      { shape: [batch * inChannels, size, size], seed: 1 },
      { shape: [outChannels * inChannels, kernel, kernel], seed: 2 },
    ],
    outputShape: [batch * outChannels, size, size],
  };
}
