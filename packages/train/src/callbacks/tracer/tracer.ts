import { ArgumentError } from '@dl/kernels';
import type { Module } from '@dl/layers';
import { observeForward } from '@dl/layers';
import { type Tensor, withRecorder } from '@dl/tensor';
import type { Callback, FitStart, GradientsEvent, StepEvent } from '../callback.ts';
import type { TextSink } from '../progress.ts';
import { ActivationWatch } from './activation-watch.ts';
import type { Finding, FindingKind, Observation } from './finding.ts';
import { ForwardTrace } from './forward-trace.ts';
import { GradientWatch } from './gradient-watch.ts';
import { Readings } from './readings.ts';

/** Options of {@link tracer}. */
export interface TracerOptions {
  /** Steps from one look to the next. Default 10. With 1, NaN is found in the step that makes it. */
  readonly every?: number | undefined;
  /** Looks that a judgement on dead, saturated and vanishing layers needs. Default 10. */
  readonly window?: number | undefined;
  /** Share of dead units in a layer that is too many. Default 0.5. */
  readonly deadShare?: number | undefined;
  /** Share of outputs of tanh or sigmoid at the ends of their range that is too many. Default 0.5. */
  readonly saturatedShare?: number | undefined;
  /** Root mean square of a layer's gradients to the greatest of any layer that is too small. Default 1e-4. */
  readonly vanishing?: number | undefined;
  /** Norm of a layer's gradients to that of its weights that is too large. Default 1e3. */
  readonly exploding?: number | undefined;
  /** What ends the training. Default: nothing. */
  readonly stopOn?: FindingKind | readonly FindingKind[] | undefined;
  /** Is told of every finding. Default: a line is written to `stream`. */
  readonly onFinding?: ((finding: Finding) => void) | undefined;
  /** Where findings are written when nobody else is told. Default: `process.stderr`. */
  readonly stream?: TextSink | undefined;
}

/** The callback that {@link tracer} makes. */
export interface TracerCallback extends Callback {
  /** All that it has noticed, each once. */
  readonly findings: readonly Finding[];
}

/**
 * Watches a training for what keeps networks from learning, and names the layer: numbers that are NaN or infinite, with the op that made the first of
 * them; units that are dead after a ReLU; tanh and sigmoid at the ends of their range; gradients that vanish or explode. See {@link FindingKind}. Each
 * fault of a layer is reported once, and of NaN the first alone: it spreads.
 *
 * A look asks of what every op gives whether it is finite, on the device, and reads all answers back at once. Such a step takes longer (1.7 times with
 * LeNet-5 on WebAssembly), the steps between do not. Weights and random draws are what they would be without.
 *
 * Fused layers such as `LSTM` are one op. What the model returns is not called saturated: there it is no fault to be sure. A GPU that is not strict about
 * NaN ({@link BackendInfo.strictNumerics}) may hide it.
 *
 * @throws {@link ArgumentError} unless `every` and `window` are positive integers
 * @example
 * const x = { shape: [2, 1], dtype: 'float32', data: new Float32Array([1, 2]) } as const;
 * const train = new DataLoader(new ArrayDataset({ x, y: x }), { batchSize: 2 });
 * const model = new Linear(1, 1);
 * const optimizer = new SGD(model.parameters(), { lr: 1e30 });
 * const watch = tracer({ every: 1, stopOn: 'nan', onFinding: () => {} });
 * await fit({ model, loss: mseLoss, optimizer, train, epochs: 5, callbacks: [watch] });
 * watch.findings.map(({ kind, where, path, op }) => [kind, where, path, op]) // [['nan', 'loss', 'loss', 'square']]
 */
export function tracer(options: TracerOptions = {}): TracerCallback {
  const { every = 10, window = 10 } = options;
  for (const [name, value] of Object.entries({ every, window })) {
    if (!Number.isInteger(value) || value < 1)
      throw new ArgumentError('tracer', `${name} must be a positive integer, got ${value}`);
  }
  return new Tracer({ ...options, every, window });
}

class Tracer implements TracerCallback {
  readonly findings: Finding[] = [];
  readonly #options: TracerOptions & { readonly every: number; readonly window: number };
  readonly #readings: Readings = new Readings();
  readonly #activations: ActivationWatch = new ActivationWatch(this.#readings);
  #gradients: GradientWatch = new GradientWatch(this.#readings, new Map());
  #paths: ReadonlyMap<Module, string> = new Map();
  /** Of the batches of the step that is looked at. */
  #traces: ForwardTrace[] = [];
  #globalStep = 0;
  #looks = 0;

  constructor(options: TracerOptions & { readonly every: number; readonly window: number }) {
    this.#options = options;
  }

  onFitStart({ model, parameters, globalStep }: FitStart): void {
    this.#gradients = new GradientWatch(this.#readings, parameters);
    this.#paths = new Map([...model.namedModules()].map(([path, module]) => [module, path]));
    this.#globalStep = globalStep;
  }

  onForward(compute: () => Tensor): Tensor {
    if (this.#globalStep % this.#options.every !== 0) return compute();
    const trace = new ForwardTrace(this.#readings, this.#paths, this.#activations);
    this.#traces.push(trace);
    const loss = observeForward(trace, () => withRecorder(trace, compute));
    trace.end(loss);
    return loss;
  }

  onGradients({ grads }: GradientsEvent): void {
    if (this.#traces.length > 0) this.#gradients.add(grads);
  }

  async onStep({ epoch, globalStep, stop }: StepEvent): Promise<void> {
    this.#globalStep = globalStep;
    if (this.#traces.length === 0) return;
    for (const observation of await this.#observe()) this.#report({ ...observation, epoch, globalStep }, stop);
  }

  onFitEnd(): void {
    this.#readings.dispose();
    this.#activations.dispose();
    this.#traces = [];
  }

  async #observe(): Promise<Observation[]> {
    const { window, vanishing = 1e-4, exploding = 1e3, deadShare = 0.5, saturatedShare = 0.5 } = this.#options;
    const traces = this.#traces;
    this.#traces = [];
    const numbers = await this.#readings.read();
    const bad = this.#firstNonFinite(traces, numbers);
    this.#activations.take(numbers);
    const observations = this.#gradients.observe(numbers, { vanishing, exploding, looks: window });
    if (++this.#looks % window === 0) observations.push(...this.#activations.endWindow(deadShare, saturatedShare));
    return bad === undefined ? observations : [bad];
  }

  #firstNonFinite(traces: readonly ForwardTrace[], numbers: ArrayLike<number>): Observation | undefined {
    const forward = traces.map((trace) => trace.firstNonFinite(numbers)).find((observation) => observation !== undefined);
    if (forward?.where === 'input') return forward;
    return this.#gradients.badWeights(numbers) ?? forward ?? this.#gradients.badGradient(numbers);
  }

  #report(finding: Finding, stop: () => void): void {
    const { kind, path, epoch, globalStep, message } = finding;
    if (this.findings.some((known) => known.kind === kind && (kind === 'nan' || known.path === path))) return;
    this.findings.push(finding);
    const { onFinding, stream = process.stderr, stopOn = [] } = this.#options;
    // In a terminal, in place of a progress bar, which comes back below.
    const begin = stream.isTTY === true ? '\r\u001b[K' : '';
    if (onFinding === undefined) stream.write(`${begin}tracer: ${message} (${kind}, epoch ${epoch}, step ${globalStep})\n`);
    else onFinding(finding);
    if ([stopOn].flat().includes(kind)) stop();
  }
}
