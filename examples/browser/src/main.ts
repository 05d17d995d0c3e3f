import type { FromWorker } from './messages.ts';
import { RecognitionPanel } from './page/recognition-panel.ts';
import { TrainingPanel } from './page/training-panel.ts';
import { TrainingWorker } from './page/training-worker.ts';

let worker: TrainingWorker | undefined;

const recognition = new RecognitionPanel();
const training = new TrainingPanel({
  start(plan) {
    end();
    worker = new TrainingWorker(plan, hear);
  },
  stop: () => worker?.stop(),
  abort: end,
});

function hear(message: FromWorker): void {
  switch (message.type) {
    case 'ready':
      training.begin(message.backend);
      recognition.connect((image) => worker?.recognise(image));
      break;
    case 'step':
      training.showStep(message.step);
      break;
    case 'round':
      training.showRound(message.round, message.backend);
      recognition.ask();
      break;
    case 'finished':
      training.finish();
      break;
    case 'recognised':
      recognition.show(message.probabilities);
      break;
    case 'failed':
      end();
      training.fail(message.message);
  }
}

/** One worker at a time: memory and devices of the last one are free before the next asks for its own. */
function end(): void {
  worker?.end();
  worker = undefined;
  recognition.disconnect();
}
