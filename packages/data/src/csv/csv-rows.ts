import { FormatError } from '@dl/kernels';

/** A row of a CSV file, and the line it begins on, from 1. */
export interface CsvRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/**
 * Rows of a CSV file (RFC 4180), empty lines left out.
 *
 * @throws FormatError with the line when a quoted field is malformed, or a row has another number of cells than the first
 */
export async function csvRows(text: string, delimiter: string): Promise<readonly CsvRow[]> {
  const { default: papa } = await import('papaparse');
  const rows: CsvRow[] = [];
  let line = 1;
  let begin = 0;
  const sound = text.replace(/^\ufeff/, '');
  papa.parse<string[]>(sound, {
    delimiter,
    step: ({ data: cells, errors, meta }) => {
      if (errors.length > 0)
        throw new FormatError('csv', `fields must be quoted soundly, got "${errors[0].message}" (line ${line})`);
      if (cells.length > 1 || cells[0].trim() !== '') rows.push({ cells, line });
      line += sound.slice(begin, meta.cursor).match(/\r\n|\r|\n/g)?.length ?? 0;
      begin = meta.cursor;
    },
  });
  const odd = rows.find(({ cells }) => cells.length !== rows[0].cells.length);
  if (odd !== undefined) {
    throw new FormatError('csv', `rows must have ${rows[0].cells.length} cells, got ${odd.cells.length} (line ${odd.line})`);
  }
  return rows;
}
