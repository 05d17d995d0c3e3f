/** How bytes are written in characters. */
export interface TextCode {
  /** The characters. */
  readonly alphabet: string;
  /** The bytes that are written in one character, in the alphabet's order. What is left of the alphabet begins the pairs of all others. */
  readonly common: readonly number[];
}

/**
 * The bytes that `text` writes. With nearly every byte in one character, gzip makes of a text what it would make of the bytes; hexadecimal
 * digits take an eighth more, and base64 hides the bytes from it.
 */
export function decodeText(text: string, { alphabet, common }: TextCode): Uint8Array<ArrayBuffer> {
  const rare = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !common.includes(byte));
  const values = Uint8Array.from([...common, ...rare]);
  const places = new Uint8Array(128);
  for (let i = 0; i < alphabet.length; i++) places[alphabet.charCodeAt(i)] = i;
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    let place = places[text.charCodeAt(i)];
    if (place >= common.length) {
      place = common.length + (place - common.length) * alphabet.length + places[text.charCodeAt(++i)];
    }
    bytes[length++] = values[place];
  }
  return bytes.slice(0, length);
}
