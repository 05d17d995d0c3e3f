import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { readOnePixel } from './read-one-pixel.ts';

/** One backend of TensorFlow.js. */
interface TfjsBackendRow {
  /** Loads it, so that it can be chosen. */
  readonly register: () => Promise<unknown>;
  /** Waits until it has done all work up to `last`. */
  readonly wait: (last: tf.Tensor) => unknown;
}

/** The backends of TensorFlow.js by name. */
export const tfjsBackends = {
  cpu: { register: () => import('@tensorflow/tfjs-backend-cpu'), wait: () => {} },
  wasm: { register: () => import('@tensorflow/tfjs-backend-wasm'), wait: () => {} },
  webgl: { register: () => import('@tensorflow/tfjs-backend-webgl'), wait: readResult },
  webgpu: { register: () => import('@tensorflow/tfjs-backend-webgpu'), wait: emptyQueue },
} satisfies { readonly [name: string]: TfjsBackendRow };

function readResult(last: tf.Tensor): void {
  const { texData, gpgpu } = tf.backend() as MathBackendWebGL;
  const texture = texData.get(last.dataId).texture?.texture;
  if (texture === undefined) throw new Error('the result is not on the GPU');
  readOnePixel(gpgpu.gl as WebGL2RenderingContext, texture);
}

async function emptyQueue(): Promise<void> {
  const backend = tf.backend() as WebGPUBackend;
  // It collects dispatches and hands over fifteen at a time; what is left has to be closed first.
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
  await backend.queue.onSubmittedWorkDone();
}
