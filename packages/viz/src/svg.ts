/** Attributes of an SVG element; numbers are rounded to hundredths. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One SVG element as text, around its children. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [` ${key}="${typeof value === 'number' ? number(value) : escapeText(value).replaceAll('"', '&quot;')}"`],
  );
  return children.length === 0 ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${children.join('')}</${name}>`;
}

/** Words around a point. */
export function text(x: number, y: number, words: string, attributes: Attributes = {}): string {
  return element('text', { x, y, 'text-anchor': 'middle', ...attributes }, escapeText(words));
}

/** A line through points. */
export function line(points: readonly { readonly x: number; readonly y: number }[], attributes: Attributes = {}): string {
  const d = points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${number(x)} ${number(y)}`).join('');
  return element('path', { d, fill: 'none', ...attributes });
}

/** A whole picture on white paper, with the title that a screen reader reads. */
export function picture(width: number, height: number, title: string, ...children: readonly string[]): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${number(width)} ${number(height)}`,
    width,
    height,
    role: 'img',
    'font-family': "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace",
    'font-size': fontSize,
    fill: colors.ink,
  };
  const arrow = element(
    'marker',
    { id: 'arrow', viewBox: '0 0 8 8', refX: 8, refY: 4, markerWidth: 8, markerHeight: 8, orient: 'auto-start-reverse' },
    element('path', { d: 'M0 0L8 4L0 8z', fill: colors.line }),
  );
  const body = [
    element('title', {}, escapeText(title)),
    element('defs', {}, arrow),
    element('rect', { width, height, fill: colors.paper }),
    ...children,
  ];
  return `${element('svg', attributes, ...body.map((part) => `\n${part}`))}\n`;
}

/** Of all words, in pixels. */
export const fontSize = 12;

/** How wide words are: every glyph of a monospaced font is 0.6 as wide as high. */
export function widthOf(words: string): number {
  return [...words].length * fontSize * 0.6;
}

/** Told apart by colour-blind eyes and in print. */
export const colors = {
  paper: '#ffffff',
  ink: '#1c2430',
  muted: '#667085',
  line: '#98a2b3',
  op: '#e3edfc',
  input: '#ffffff',
  parameter: '#fdead9',
  constant: '#f2f4f7',
} as const;

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function escapeText(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
