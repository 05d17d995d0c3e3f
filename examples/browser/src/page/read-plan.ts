import type { BackendChoice, TrainingPlan } from '../messages.ts';

const choices: readonly BackendChoice[] = ['auto', 'webgpu', 'webgl2', 'wasm'];

/** What the form says. The browser has checked its numbers. */
export function readPlan(form: HTMLFormElement): TrainingPlan {
  const fields = new FormData(form);
  const backend = choices.find((choice) => choice === fields.get('backend'));
  if (backend === undefined) throw new TypeError(`readPlan: backend must be ${choices.join(', ')}, got ${fields.get('backend')}`);
  return { backend, seed: Number(fields.get('seed')), steps: Number(fields.get('steps')) };
}
