import { styleText } from 'node:util';
import type { CliIo } from './io.ts';

/** How a text may look. */
export type Style = Parameters<typeof styleText>[0];

/** Gives a text a style, or not. */
export type Paint = (style: Style, text: string) => string;

/**
 * Colours for a stream: on a terminal, unless `NO_COLOR` is set; `FORCE_COLOR` wants them anywhere.
 *
 * @see https://no-color.org
 */
export function paintFor({ isTTY = false }: { readonly isTTY?: boolean | undefined }, env: CliIo['env']): Paint {
  const isForced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '' && env.FORCE_COLOR !== '0';
  const isRefused = env.NO_COLOR !== undefined && env.NO_COLOR !== '';
  const isOn = !isRefused && (isForced || (isTTY && env.TERM !== 'dumb'));
  // Node asks the process's own streams otherwise.
  return isOn ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
}
