import { formatShape, type Shape } from '@dl/kernels';

/** One call of one module. */
export interface LayerSummary {
  /** Dotted, as in state dicts; `''` for the model itself. */
  readonly name: string;
  /** The name of its class. */
  readonly kind: string;
  /** Which rows it takes the outputs of, by their index in {@link ModelSummary.layers}; -1 is the model's input. */
  readonly inputs: readonly number[];
  /** The shape of each tensor it returns. */
  readonly outputShapes: readonly Shape[];
  /** How many numbers its own parameters have; 0 when it was called before. */
  readonly parameters: number;
  /** How many products its own ops add up. */
  readonly multiplyAdds: number;
  /** Bytes that its own ops write: what training keeps for the backward pass. */
  readonly activationBytes: number;
  /**
   * Extents of the part of the input that one element of the output depends on, one an axis of the signal `[n, c, l]`, image or volume; or
   * `'all'` of it, however large; undefined where the input is none of these or an op does not tell. Where elements differ, as after
   * upsampling, it is the largest.
   */
  readonly receptiveField: readonly number[] | 'all' | undefined;
}

/** A {@link ModelSummary} as plain data. */
export interface ModelSummaryJson {
  /** With the batch. */
  readonly inputShape: Shape;
  /** As {@link ModelSummary.parameters}. */
  readonly parameters: number;
  /** As {@link ModelSummary.trainableParameters}. */
  readonly trainableParameters: number;
  /** As {@link ModelSummary.parameterBytes}. */
  readonly parameterBytes: number;
  /** As {@link ModelSummary.multiplyAdds}. */
  readonly multiplyAdds: number;
  /** As {@link ModelSummary.activationBytes}. */
  readonly activationBytes: number;
  /** As {@link ModelSummary.layers}. */
  readonly layers: readonly LayerSummary[];
}

/** What {@link summary} finds out about a model: one row a layer, and totals. `String(summary)` is a table. */
export class ModelSummary {
  /** In the order of execution; modules that only call others are left out. */
  readonly layers: readonly LayerSummary[];
  /** What was put in. */
  readonly inputShape: Shape;
  /** How many numbers all parameters have, trainable or not. */
  readonly parameters: number;
  /** How many of them an optimiser changes. */
  readonly trainableParameters: number;
  /** Bytes of all parameters. */
  readonly parameterBytes: number;

  /** {@link summary} makes it. */
  constructor(init: Omit<ModelSummary, 'multiplyAdds' | 'activationBytes' | 'toString' | 'toJSON'>) {
    this.layers = init.layers;
    this.inputShape = init.inputShape;
    this.parameters = init.parameters;
    this.trainableParameters = init.trainableParameters;
    this.parameterBytes = init.parameterBytes;
  }

  /** Of one forward pass of the whole input. */
  get multiplyAdds(): number {
    return this.layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0);
  }

  /** What training keeps for the backward pass. */
  get activationBytes(): number {
    return this.layers.reduce((sum, layer) => sum + layer.activationBytes, 0);
  }

  /** Plain data with the totals: what `JSON.stringify` writes. */
  toJSON(): ModelSummaryJson {
    const { inputShape, parameters, trainableParameters, parameterBytes, multiplyAdds, activationBytes, layers } = this;
    return { inputShape, parameters, trainableParameters, parameterBytes, multiplyAdds, activationBytes, layers };
  }

  /** A table, with the totals under it. */
  toString(): string {
    const head = ['layer', 'kind', 'output', 'parameters', 'multiply-adds', 'field', 'memory'];
    const rows = this.layers.map((layer) => [
      layer.name,
      layer.kind,
      layer.outputShapes.map(formatShape).join(' '),
      layer.parameters === 0 ? '' : formatCount(layer.parameters),
      layer.multiplyAdds === 0 ? '' : formatCount(layer.multiplyAdds),
      formatField(layer.receptiveField),
      formatBytes(layer.activationBytes),
    ]);
    const frozen = this.parameters - this.trainableParameters;
    return [
      ...table([head, ...rows]),
      '',
      `input ${formatShape(this.inputShape)}, ${formatCount(this.multiplyAdds)} multiply-adds`,
      `${formatCount(this.parameters)} parameters (${formatCount(frozen)} frozen), ${formatBytes(this.parameterBytes)}`,
      `${formatBytes(this.activationBytes)} of activations for the backward pass`,
    ].join('\n');
  }
}

/** Words to the left, figures to the right, a rule under the head. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row
      .map((text, column) => (column < 3 ? text.padEnd(widths[column]) : text.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  );
  return [lines[0], '─'.repeat(widths.reduce((sum, width) => sum + width + 2, -2)), ...lines.slice(1)];
}

function formatField(field: LayerSummary['receptiveField']): string {
  if (field === undefined || field === 'all') return field ?? '';
  return field.join('×');
}

function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}
