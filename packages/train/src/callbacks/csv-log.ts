import { ArgumentError } from '@dl/kernels';
import type { Figures } from '../history.ts';
import type { Callback, EpochEvent, FitStart } from './callback.ts';
import { LineFile } from './line-file.ts';

/**
 * Keeps the history of a training as a table: a row an epoch, with the columns `epoch`, `lr`, `steps`, `samples`, `seconds`, `loss`, the
 * metrics, and `validation_loss` and so on where there is validation data. In Node only.
 *
 * Each row is written at once when its epoch is over. A run that resumes goes on behind the epochs that it does not repeat; one that begins
 * anew begins a new table.
 *
 * @param path - of the file, whose folder is made where there is none
 * @throws {@link ArgumentError} from `fit`, when the table that a run resumes has other columns
 * @example
 * const { mkdtemp, readFile } = await import('node:fs/promises');
 * const { tmpdir } = await import('node:os');
 * const path = `${await mkdtemp(`${tmpdir()}/dl-csv-`)}/history.csv`;
 * const x = { shape: [2, 1], dtype: 'float32', data: new Float32Array([1, 2]) } as const;
 * const train = new DataLoader(new ArrayDataset({ x, y: x }), { batchSize: 2 });
 * const model = new Linear(1, 1);
 * const optimizer = new SGD(model.parameters(), { lr: 0.1 });
 * await fit({ model, loss: mseLoss, optimizer, train, epochs: 3, callbacks: [csvLog(path)] });
 * const rows = (await readFile(path, 'utf8')).split('\n');
 * rows[0] // 'epoch,lr,steps,samples,seconds,loss'
 * rows[3].startsWith('3,0.1,1,2,') // true
 * @see RFC 4180, on quotes
 */
export function csvLog(path: string): Callback {
  return new CsvLog(path);
}

class CsvLog implements Callback {
  readonly #file: LineFile;
  #header: string | undefined;

  constructor(path: string) {
    this.#file = new LineFile('csvLog', path);
  }

  async onFitStart({ epoch }: FitStart): Promise<void> {
    const [header] = await this.#file.begin(([columns, ...rows]) => {
      const kept = rows.filter((row) => Number.parseInt(row, 10) < epoch);
      return kept.length > 0 ? [columns, ...kept] : [];
    });
    this.#header = header;
  }

  async onEpochEnd({ epoch, lr, steps, samples, seconds, train, validation }: EpochEvent): Promise<void> {
    const known = { epoch, lr, steps, samples, seconds: Number(seconds.toFixed(3)), ...columnsOf(train, '') };
    const row: Readonly<Record<string, number>> = validation ? { ...known, ...columnsOf(validation, 'validation_') } : known;
    const header = Object.keys(row).map(quoted).join(',');
    const line = Object.values(row).join(',');
    if (this.#header === undefined) await this.#file.append(header, line);
    else if (this.#header === header) await this.#file.append(line);
    else throw new ArgumentError('csvLog', `rows must have the columns of the file, got ${header} (file: ${this.#header})`);
    this.#header = header;
  }
}

function columnsOf({ loss, metrics }: Figures, prefix: string): Record<string, number> {
  const named = Object.entries({ loss, ...metrics });
  return Object.fromEntries(named.map(([name, value]) => [`${prefix}${name}`, value]));
}

/** A line break cannot stay within a name: rows are lines. */
function quoted(name: string): string {
  const line = name.replaceAll(/[\r\n]+/g, ' ');
  return /[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}
