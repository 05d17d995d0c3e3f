/** Attributes of an SVG element; numbers are rounded to hundredths. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One SVG element as text, around its children. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${attribute(value)}"`],
  );
  return children.length === 0 ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${children.join('')}</${name}>`;
}

/** A text element at a point. */
export function text(x: number, y: number, words: string, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escapeText(words));
}

/** A group moved to a point. */
export function group(x: number, y: number, ...children: readonly string[]): string {
  return element('g', { transform: `translate(${number(x)} ${number(y)})` }, ...children);
}

/** A whole picture: white paper, one font, a title and a line under it. */
export function picture(width: number, height: number, title: string, subtitle: string, ...children: readonly string[]): string {
  const body = [
    element('title', {}, escapeText(title)),
    element('rect', { width, height, fill: colors.paper }),
    text(margin, 34, title, { 'font-size': 18, 'font-weight': 600, fill: colors.ink }),
    text(margin, 55, subtitle, { 'font-size': 12.5, fill: colors.muted }),
    ...children,
  ];
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${number(width)} ${number(height)}`,
    width,
    height,
    role: 'img',
    'font-family': "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  };
  return `${element('svg', attributes, ...body.map((part) => `\n${part}`))}\n`;
}

/** Space around a picture's content, and the height of its titles. */
export const margin = 24;
export const header = 76;

/** Blue for what is right or training, orange for what is wrong or held out: told apart by colour-blind eyes too. */
export const colors = {
  paper: '#ffffff',
  ink: '#1c2430',
  muted: '#667085',
  grid: '#e6e9ef',
  tile: '#f6f7f9',
  blue: '#2f6fde',
  paleBlue: '#e3edfc',
  orange: '#e4670f',
} as const;

/** The colour between two, given as `#rrggbb`: `share` 0 is the first, 1 the second. */
export function mix(from: string, to: string, share: number): string {
  const channel = (at: number): string => {
    const [a, b] = [from, to].map((color) => Number.parseInt(color.slice(at, at + 2), 16));
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

/** A share in percent: `99.13 %`. */
export function percent(share: number, digits = 2): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(digits)} %` : '–';
}

function attribute(value: string | number): string {
  return typeof value === 'number' ? number(value) : escapeText(value).replaceAll('"', '&quot;');
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function escapeText(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
