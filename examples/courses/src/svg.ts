/** Attributes of an SVG element; numbers are rounded to hundredths. */
export type Attributes = Readonly<Record<string, string | number>>;

/** What the pictures of the lectures are painted with. */
export const colors = { paper: '#ffffff', ink: '#1c2430', muted: '#667085', grid: '#e6e9ef' } as const;

/** One SVG element as text, around its children. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : value}"`,
  );
  return children.length === 0 ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${children.join('')}</${name}>`;
}

/** A whole picture on white paper, with a title and a line under it. */
export function picture(width: number, height: number, title: string, subtitle: string, ...children: readonly string[]): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    'font-family': "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  };
  const head = [
    element('title', {}, title),
    element('rect', { width, height, fill: colors.paper }),
    element('text', { x: 24, y: 34, 'font-size': 18, 'font-weight': 600, fill: colors.ink }, title),
    element('text', { x: 24, y: 55, 'font-size': 12.5, fill: colors.muted }, subtitle),
  ];
  return `${element('svg', attributes, ...[...head, ...children].map((part) => `\n${part}`))}\n`;
}

/** Points as the value of a polyline. */
export function points(places: readonly (readonly [number, number])[]): string {
  return places.map(([x, y]) => `${round(x)},${round(y)}`).join(' ');
}

/** A number with two decimals at most. */
export function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
