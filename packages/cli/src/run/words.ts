/** `1 epoch`, `12 epochs`. */
export function plural(count: number, thing: string): string {
  return `${formatCount(count)} ${thing}${count === 1 ? '' : 's'}`;
}

/** `61,706`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `99.21 %`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** Rows as columns of equal width, two spaces between them. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column].length))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}
