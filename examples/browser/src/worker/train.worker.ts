import type { Layer } from '@dl/layers';
import { lenet5 } from '@dl/models';
import { manualSeed } from '@dl/tensor';
import type { FromWorker, ToWorker, TrainingPlan } from '../messages.ts';
import { chooseBackend } from './choose-backend.ts';
import { recognise } from './recognise.ts';
import { trainDigits } from './train-digits.ts';

let model: Layer | undefined;
let isStopped = false;

self.onmessage = ({ data }: MessageEvent<ToWorker>) => void answer(data).catch(fail);
// A device that is lost may reject what nobody waits for.
self.onunhandledrejection = ({ reason }) => fail(reason);

async function answer(message: ToWorker): Promise<void> {
  switch (message.type) {
    case 'train':
      return train(message.plan);
    case 'stop':
      isStopped = true;
      return;
    case 'recognise':
      if (model) tell({ type: 'recognised', probabilities: await recognise(model, message.image) });
  }
}

async function train({ backend: choice, ...plan }: TrainingPlan): Promise<void> {
  const backend = await chooseBackend(choice);
  manualSeed(plan.seed);
  model = lenet5();
  tell({ type: 'ready', backend: backend.info() });
  await trainDigits(model, plan, {
    onStep(step, stop) {
      tell({ type: 'step', step });
      if (isStopped) stop();
    },
    onRound(round) {
      tell({ type: 'round', round, backend: backend.info() });
    },
  });
  tell({ type: 'finished' });
}

function fail(reason: unknown): void {
  tell({ type: 'failed', message: reason instanceof Error ? reason.message : String(reason) });
}

function tell(message: FromWorker): void {
  self.postMessage(message);
}
