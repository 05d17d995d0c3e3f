import { colors } from './colors.ts';
import { type Attributes, element, escapeText, number } from './markup.ts';

export { colors } from './colors.ts';
export { element } from './markup.ts';

/** What a picture shows, before it has a frame and a title: for a file of its own or for a page. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Elements of SVG. */
  readonly body: string;
}

/** A text element at a point. */
export function text(x: number, y: number, words: string, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escapeText(words));
}

/** A group moved to a point. */
export function group(x: number, y: number, ...children: readonly string[]): string {
  return element('g', { transform: `translate(${number(x)} ${number(y)})` }, ...children);
}

/** A drawing as a file of its own: on paper, with a title and a line under it. */
export function titled({ width, height, body }: Drawing, title: string, subtitle: string): string {
  const widest = Math.max(width, widthOf(subtitle, 12.5), widthOf(title, 18));
  return picture(widest + 2 * margin, header + height + margin, title, subtitle, group(margin, header, body));
}

/** A whole picture: white paper, one font, a title and a line under it. */
export function picture(width: number, height: number, title: string, subtitle: string, ...children: readonly string[]): string {
  return canvas(
    width,
    height,
    title,
    element('rect', { width, height, fill: colors.paper }),
    text(margin, 34, title, { 'font-size': 18, 'font-weight': 600, fill: colors.ink }),
    text(margin, 55, subtitle, { 'font-size': 12.5, fill: colors.muted }),
    ...children,
  );
}

/** A drawing inside of a page, which has words of its own around it; `label` is for those who do not see it. */
export function inlinePicture({ width, height, body }: Drawing, label: string): string {
  return canvas(width, height, label, body);
}

function canvas(width: number, height: number, title: string, ...children: readonly string[]): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${number(width)} ${number(height)}`,
    width,
    height,
    role: 'img',
    'font-family': "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  };
  const body = [element('title', {}, escapeText(title)), ...children];
  return `${element('svg', attributes, ...body.map((part) => `\n${part}`))}\n`;
}

/** Space around a picture's content, and the height of its titles. */
export const margin = 24;
export const header = 76;

/** About how wide words are: nobody measures them before a reader's own font draws them. */
export function widthOf(words: string, fontSize: number): number {
  return [...words].length * fontSize * 0.56;
}

/** Words cut to a number of letters. */
export function clip(words: string, letters: number): string {
  const all = [...words];
  return all.length <= letters ? words : `${all.slice(0, letters - 1).join('')}…`;
}

/** A share in percent: `99.13 %`. */
export function percent(share: number, digits = 2): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(digits)} %` : '–';
}
