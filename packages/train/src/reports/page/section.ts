import { html, words } from './html.ts';

/** A part of a page under a heading. */
export interface Section {
  /** What a link to it ends with. */
  readonly id: string;
  readonly title: string;
  /** Elements of HTML. */
  readonly body: string;
}

/** A section as an element. */
export function sectionHtml({ id, title, body }: Section): string {
  return html('section', { 'aria-labelledby': id }, words('h2', title, { id }), '\n', body);
}
