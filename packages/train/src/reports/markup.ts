/** Attributes of an element of SVG or HTML; numbers are rounded to hundredths. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element as text, around its children. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${attribute(value)}"`],
  );
  return children.length === 0 ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${children.join('')}</${name}>`;
}

/** Words as they are, whatever is in them. */
export function escapeText(words: string): string {
  return printable(words).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Words without what neither XML nor HTML may hold: control characters, halves of pairs. */
export function printable(words: string): string {
  return words.replaceAll(unfit, '\ufffd');
}

const unfit = /(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

function attribute(value: string | number): string {
  return typeof value === 'number' ? number(value) : escapeText(value).replaceAll('"', '&quot;');
}

/** A number with two decimals at most. */
export function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
