import { FormatError } from '@dl/kernels';

/** What `fast-xml-parser` makes of an element, each child in a list. */
interface XmlTree {
  readonly [name: string]: ReadonlyArray<XmlTree | string>;
}

/** Most characters of a file: those of Pascal VOC have some thousands. */
const maxLength = 2 ** 20;

/** An element of an XML file, with errors that say where it stands. Attributes are passed over. */
export class XmlElement {
  readonly #op: string;
  readonly #children: XmlTree;
  readonly #path: string;

  private constructor(op: string, children: XmlTree, path: string) {
    this.#op = op;
    this.#children = children;
    this.#path = path;
  }

  /**
   * Reads a file of one root element. A document type, which could declare entities that grow without end, is refused; `&amp;` and the other four of
   * XML itself are what they stand for.
   *
   * @throws {@link FormatError} when it is malformed, has another root, or is too long
   */
  static async parse(op: string, text: string, root: string): Promise<XmlElement> {
    if (text.length > maxLength) throw new FormatError(op, `XML must have at most ${maxLength} characters, got ${text.length}`);
    if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new FormatError(op, 'XML must have no document type, got one');
    const { XMLParser, XMLValidator } = await import('fast-xml-parser');
    const sound = XMLValidator.validate(text);
    if (sound !== true) {
      throw new FormatError(op, `must be XML, got "${sound.err.msg}" (line ${sound.err.line})`);
    }
    const document = new XmlElement(op, parseTree(op, new XMLParser({ parseTagValue: false, isArray: () => true }), text), '');
    return document.child(root);
  }

  /** The only element of this name. */
  child(name: string): XmlElement {
    const found = this.children(name);
    if (found.length !== 1) throw this.#error(name, 'must come once', `${found.length}`);
    return found[0];
  }

  /** All elements of this name. */
  children(name: string): readonly XmlElement[] {
    const found = this.#children[name] ?? [];
    return found.map((tree, i) => {
      if (typeof tree === 'string' && tree !== '') throw this.#error(name, 'must have elements in it', JSON.stringify(tree));
      const path = found.length > 1 ? `${name}[${i}]` : name;
      return new XmlElement(this.#op, typeof tree === 'string' ? {} : tree, this.#path === '' ? path : `${this.#path}.${path}`);
    });
  }

  /** The text of the only element of this name; undefined where there is none. */
  text(name: string): string | undefined {
    const found = this.#children[name] ?? [];
    if (found.length === 0) return undefined;
    const [text] = found;
    if (found.length > 1 || typeof text !== 'string') throw this.#error(name, 'must be one text', `${found.length} elements`);
    return text;
  }

  /** As {@link text}, where there must be one. */
  requiredText(name: string): string {
    const text = this.text(name);
    if (text === undefined || text === '') throw this.#error(name, 'must have a text', 'none');
    return text;
  }

  number(name: string): number {
    const text = this.requiredText(name);
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) || !Number.isFinite(Number(text))) {
      throw this.#error(name, 'must be a number', JSON.stringify(text));
    }
    return Number(text);
  }

  /** A number of pixels. */
  extent(name: string): number {
    const extent = this.number(name);
    if (!Number.isInteger(extent) || extent < 1) throw this.#error(name, 'must be an integer of at least 1', `${extent}`);
    return extent;
  }

  /** 0 or 1; 0 where there is none. */
  flag(name: string): boolean {
    const text = this.text(name) ?? '0';
    if (text !== '0' && text !== '1') throw this.#error(name, 'must be 0 or 1', JSON.stringify(text));
    return text === '1';
  }

  #error(name: string, rule: string, got: string): FormatError {
    return new FormatError(this.#op, `${name} ${rule}, got ${got}${this.#path === '' ? '' : ` (${this.#path})`}`);
  }
}

function parseTree(op: string, parser: { parse(text: string): unknown }, text: string): XmlTree {
  try {
    return parser.parse(text) as XmlTree;
  } catch (error) {
    throw new FormatError(op, `must be XML, got "${error instanceof Error ? error.message : String(error)}"`);
  }
}
