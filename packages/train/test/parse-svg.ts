/** An element of a parsed SVG text. */
export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The text directly inside. */
  text: string;
}

const token = /<\/(?<closed>[\w-]+)>|<(?<name>[\w-]+)(?<attributes>(?: [\w-]+="[^"<>]*")*)(?<alone>\/?)>|(?<text>[^<>]+)/gy;

/** A strict reader of the XML that pictures and pages are made of: it throws at whatever is not well-formed. */
export function elementsOf(svg: string, root = 'svg'): SvgElement[] {
  const all: SvgElement[] = [];
  const open: SvgElement[] = [];
  token.lastIndex = 0;
  for (let at = 0; at < svg.length; at = token.lastIndex) {
    const groups = token.exec(svg)?.groups;
    if (groups === undefined) throw new Error(`not well-formed at ${at}: ${svg.slice(at, at + 40)}`);
    if (groups.name !== undefined) {
      const element = { name: groups.name, attributes: attributesOf(groups.attributes), text: '' };
      all.push(element);
      if (groups.alone === '') open.push(element);
    } else if (groups.closed !== undefined) {
      if (open.pop()?.name !== groups.closed) throw new Error(`</${groups.closed}> closes nothing at ${at}`);
    } else if (open.length > 0) open[open.length - 1].text += decode(groups.text);
    else if (groups.text.trim() !== '') throw new Error(`text outside of the root at ${at}`);
  }
  if (open.length > 0) throw new Error(`${open[0].name} is never closed`);
  if (all[0]?.name !== root) throw new Error(`the root must be ${root}`);
  return all;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, name, value]): [string, string] => [name, decode(value)]);
  if (new Set(pairs.map(([name]) => name)).size !== pairs.length) throw new Error(`an attribute comes twice in ${text}`);
  return Object.fromEntries(pairs);
}

function decode(text: string): string {
  const bad = text.match(/&(?!(amp|lt|gt|quot);)/);
  if (bad) throw new Error(`a bare & in ${text}`);
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
