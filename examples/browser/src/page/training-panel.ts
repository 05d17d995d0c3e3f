import type { BackendInfo } from '@dl/kernels';
import type { Round, TrainingPlan } from '../messages.ts';
import { byId } from './by-id.ts';
import { Chart } from './chart.ts';
import { percent } from './format.ts';
import { readPlan } from './read-plan.ts';
import { showBackend } from './show-backend.ts';

/** What the person asks of a training. */
export interface TrainingOrders {
  start(plan: TrainingPlan): void;
  /** After the step that it is at. */
  stop(): void;
  /** At once, whatever it is doing: a device that hangs ends no step. */
  abort(): void;
}

/** What the button does next. */
const labels = { start: 'Start training', stop: 'Stop', abort: 'Stop at once' } as const;

/** How the training is set, started and stopped, and how it gets on. */
export class TrainingPanel {
  readonly #orders: TrainingOrders;
  readonly #form: HTMLFormElement = byId('plan', HTMLFormElement);
  readonly #settings: HTMLFieldSetElement = byId('settings', HTMLFieldSetElement);
  readonly #button: HTMLButtonElement = byId('run', HTMLButtonElement);
  readonly #failure: HTMLElement = byId('failure', HTMLElement);
  readonly #status: HTMLElement = byId('status', HTMLElement);
  readonly #progress: HTMLProgressElement = byId('progress', HTMLProgressElement);
  readonly #backend: HTMLElement = byId('backend', HTMLElement);
  readonly #charts: readonly Chart[] = [
    new Chart(byId('accuracy-chart', SVGSVGElement), {
      name: 'Accuracy',
      figure: ({ accuracy }) => accuracy,
      format: (value) => percent(value, 0),
      top: 1,
    }),
    new Chart(byId('loss-chart', SVGSVGElement), {
      name: 'Loss',
      figure: ({ loss }) => loss,
      format: (value) => value.toFixed(1),
      // What a network loses that knows nothing.
      top: Math.log(10),
    }),
  ];
  #plan: TrainingPlan;
  #rounds: Round[] = [];
  #order: keyof typeof labels = 'start';

  constructor(orders: TrainingOrders) {
    this.#orders = orders;
    this.#plan = readPlan(this.#form);
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#order === 'start') this.#start();
      else if (this.#order === 'stop') this.#stop();
      else this.#abort();
    });
    this.#draw();
  }

  /** The backend is there and the first step begins. */
  begin(backend: BackendInfo): void {
    this.#say(`Training for ${this.#plan.steps} steps …`);
    this.#showBackend(backend);
  }

  showStep(step: number): void {
    byId('step', HTMLElement).textContent = String(step);
    this.#progress.value = step;
  }

  showRound(round: Round, backend: BackendInfo): void {
    this.#rounds.push(round);
    byId('accuracy', HTMLElement).textContent = percent(round.accuracy.heldOut);
    byId('loss', HTMLElement).textContent = round.loss.heldOut.toFixed(3);
    byId('rate', HTMLElement).textContent = round.stepsPerSecond.toFixed(round.stepsPerSecond < 10 ? 1 : 0);
    this.#showBackend(backend);
    this.#draw();
  }

  finish(): void {
    const last = this.#rounds.at(-1);
    const verb = last?.step === this.#plan.steps ? 'Done' : 'Stopped';
    const result = last && ` after ${last.step} steps: ${percent(last.accuracy.heldOut)} of the held-out digits are right`;
    this.#offer('start');
    this.#say(`${verb}${result ?? ''}.`);
  }

  fail(message: string): void {
    this.#offer('start');
    this.#say('');
    this.#failure.textContent = `The training failed. ${message}\nChoose another backend and start again.`;
    this.#failure.hidden = false;
  }

  #start(): void {
    this.#plan = readPlan(this.#form);
    this.#rounds = [];
    this.#failure.hidden = true;
    this.#backend.hidden = true;
    for (const id of ['accuracy', 'loss', 'rate']) byId(id, HTMLElement).textContent = '–';
    this.#progress.max = this.#plan.steps;
    this.showStep(0);
    this.#draw();
    this.#say('Starting …');
    this.#offer('stop');
    this.#orders.start(this.#plan);
  }

  #stop(): void {
    this.#say('Stopping …');
    this.#offer('abort');
    this.#orders.stop();
  }

  #abort(): void {
    this.#orders.abort();
    this.finish();
  }

  #offer(order: keyof typeof labels): void {
    this.#order = order;
    this.#settings.disabled = order !== 'start';
    this.#button.textContent = labels[order];
    // Whoever started by the Enter key in a field would be left without focus.
    if (order === 'stop') this.#button.focus();
  }

  #say(words: string): void {
    this.#status.textContent = words;
  }

  #showBackend(backend: BackendInfo): void {
    this.#backend.hidden = false;
    showBackend(byId('backend-facts', HTMLElement), backend);
  }

  #draw(): void {
    for (const chart of this.#charts) chart.draw(this.#rounds, this.#plan.steps);
  }
}
