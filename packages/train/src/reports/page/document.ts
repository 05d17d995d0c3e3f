import { element } from '../markup.ts';
import { html, words } from './html.ts';
import { type Section, sectionHtml } from './section.ts';
import { style } from './style.ts';

/** What is on a page. */
export interface Page {
  readonly title: string;
  readonly subtitle: string | undefined;
  /** What comes before the first heading: elements of HTML. */
  readonly lead: string;
  readonly sections: readonly Section[];
}

/** Nothing may be fetched and no script may run, whatever is written in a page. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** A whole page, complete in itself; it is also well-formed XML. */
export function documentHtml({ title, subtitle, lead, sections }: Page): string {
  const head = [
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'color-scheme', content: 'light dark' }),
    words('title', title),
    html('style', {}, style()),
  ];
  const links = sections.map(({ id, title: name }) => html('li', {}, words('a', name, { href: `#${id}` })));
  const body = [
    html('header', {}, words('h1', title), subtitle === undefined ? '' : words('p', subtitle, { class: 'subtitle' })),
    html(
      'main',
      {},
      lead,
      html('nav', { 'aria-label': 'Sections' }, html('ul', {}, ...links)),
      '\n',
      ...sections.map(sectionHtml),
    ),
  ];
  const page = html('html', { lang: 'en' }, html('head', {}, head.join('\n')), '\n', html('body', {}, body.join('\n')));
  return `<!doctype html>\n${page}\n`;
}
