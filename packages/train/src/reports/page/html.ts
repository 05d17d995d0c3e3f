import { type Attributes, element, escapeText } from '../markup.ts';

/** An element of HTML that has an end, however empty it is. */
export function html(name: string, attributes: Attributes, ...children: readonly string[]): string {
  return element(name, attributes, children.join(''));
}

/** An element around words. */
export function words(name: string, content: string, attributes: Attributes = {}): string {
  return html(name, attributes, escapeText(content));
}

/** Words for a cell of a {@link table}. */
export type Cell = string | number | { readonly words: string; readonly className: string } | { readonly markup: string };

/**
 * A table that scrolls within itself where it is wider than the screen.
 *
 * @param figures - how many columns at the right hold figures
 */
export function table(caption: string, head: readonly string[], rows: readonly (readonly Cell[])[], figures = 0): string {
  const isFigure = (i: number): boolean => i >= head.length - figures;
  const cell = (content: Cell, i: number): string => {
    const style = typeof content === 'object' && 'className' in content ? content.className : '';
    const className = [isFigure(i) ? 'number' : '', style].filter((one) => one !== '').join(' ') || undefined;
    return i === 0
      ? html('th', { scope: 'row', class: className }, markupOf(content))
      : html('td', { class: className }, markupOf(content));
  };
  const heads = head.map((name, i) => words('th', name, { scope: 'col', class: isFigure(i) ? 'number' : undefined }));
  const body = rows.map((row) => html('tr', {}, ...row.map(cell)));
  const content = [words('caption', caption), html('thead', {}, html('tr', {}, ...heads)), html('tbody', {}, body.join('\n'))];
  return scrolling(caption, html('table', {}, ...content));
}

/** What may be wider than the screen: it scrolls by itself, also by keys. */
export function scrolling(label: string, content: string): string {
  return html('div', { class: 'scroll', role: 'region', 'aria-label': label, tabindex: 0 }, content);
}

/** Something to open, with its name. */
export function details(name: string, content: string): string {
  return html('details', {}, words('summary', name), content);
}

function markupOf(content: Cell): string {
  if (typeof content === 'number') return content.toLocaleString('en-US');
  if (typeof content === 'string') return escapeText(content);
  return 'markup' in content ? content.markup : escapeText(content.words);
}
