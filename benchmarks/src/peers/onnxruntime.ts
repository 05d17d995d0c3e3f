import * as ort from 'onnxruntime-web';
import { asynchronous, type Entrant } from '../contestant.ts';
import { type OnnxNode, onnxModel } from './onnx-model.ts';

/**
 * onnxruntime-web with one operator. Its inputs are constants of the model, so that they lie in its heap as ours lie in ours;
 * optimisation is off, or it would compute the result once and for all, and so is packing ahead, which nobody else may do. A run copies
 * the result out, as its API has it.
 */
export function onnxruntime(threads: number, node: OnnxNode): Entrant {
  return {
    name: 'onnxruntime-web',
    enter: async () => {
      ort.env.wasm.numThreads = threads;
      ort.env.logLevel = 'error';
      const session = await ort.InferenceSession.create(onnxModel(node), {
        executionProviders: ['wasm'],
        graphOptimizationLevel: 'disabled',
        extra: { session: { disable_prepacking: '1' } },
      });
      // It leaves Node's workers behind as a global, from which jax-js would conclude that it runs in a browser.
      Reflect.deleteProperty(globalThis, 'Worker');
      return asynchronous({
        produce: () => session.run({}),
        free: ({ y }) => y.dispose(),
        read: async ({ y }) => (await y.getData()) as Float32Array,
        dispose: () => session.release(),
      });
    },
  };
}
