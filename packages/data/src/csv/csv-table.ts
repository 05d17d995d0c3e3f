import { FormatError } from '@dl/kernels';
import type { CsvRow } from './csv-rows.ts';

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Rows of a CSV file, read column by column. */
export class CsvTable {
  rows: readonly CsvRow[];
  readonly #names: readonly string[];
  readonly #missingValues: readonly string[];

  constructor(rows: readonly CsvRow[], names: readonly string[], missingValues: readonly string[]) {
    this.rows = rows;
    this.#names = names;
    this.#missingValues = missingValues;
  }

  /** Leaves out rows that lack a value in one of the columns. */
  dropMissing(columns: readonly number[]): void {
    this.rows = this.rows.filter((row) => columns.every((column) => this.#cell(row, column) !== undefined));
  }

  /** A column of words. */
  words(column: number): readonly string[] {
    return this.rows.map((row) => this.#present(row, column));
  }

  /** A column of numbers, with the mean of the others where one is missing, if that will do. */
  numbers(column: number, fill: boolean): readonly number[] {
    const present = this.rows.filter((row) => !fill || this.#cell(row, column) !== undefined);
    const values = present.map((row) => this.#number(row, column));
    if (present.length === this.rows.length) return values;
    if (values.length === 0) {
      throw new FormatError('csv', `a column must have a value to take the mean of, got none (column ${this.#names[column]})`);
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return this.rows.map((row) => (this.#cell(row, column) === undefined ? mean : this.#number(row, column)));
  }

  #number(row: CsvRow, column: number): number {
    const cell = this.#present(row, column);
    if (number.test(cell)) return Number(cell);
    throw new FormatError('csv', `a cell must be a number, got ${JSON.stringify(cell)} (${this.#place(row, column)})`);
  }

  #present(row: CsvRow, column: number): string {
    const cell = this.#cell(row, column);
    if (cell !== undefined) return cell;
    const got = JSON.stringify(row.cells[column].trim());
    throw new FormatError('csv', `a cell must have a value, got ${got} (${this.#place(row, column)})`);
  }

  /** What stands there, without spaces about it; undefined where no value does. */
  #cell({ cells }: CsvRow, column: number): string | undefined {
    const cell = cells[column].trim();
    return this.#missingValues.includes(cell) ? undefined : cell;
  }

  #place({ line }: CsvRow, column: number): string {
    return `line ${line}, column ${this.#names[column]}`;
  }
}
