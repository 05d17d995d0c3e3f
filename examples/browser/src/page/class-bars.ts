import { percent } from './format.ts';

interface Row {
  readonly item: HTMLLIElement;
  readonly bar: HTMLElement;
  readonly share: HTMLElement;
}

/** Ten bars, one for the probability of each class. */
export class ClassBars {
  readonly #rows: readonly Row[];

  constructor(host: HTMLElement) {
    this.#rows = Array.from({ length: 10 }, (_, digit) => makeRow(digit));
    host.replaceChildren(...this.#rows.map(({ item }) => item));
    this.clear();
  }

  /** @returns the likeliest class */
  show(probabilities: readonly number[]): number {
    const best = probabilities.indexOf(Math.max(...probabilities));
    this.#rows.forEach(({ item, bar, share }, digit) => {
      item.classList.toggle('best', digit === best);
      bar.style.inlineSize = percent(probabilities[digit]).replace(' ', '');
      share.textContent = percent(probabilities[digit], 0);
    });
    return best;
  }

  /** Says nothing. */
  clear(): void {
    for (const { item, bar, share } of this.#rows) {
      item.classList.remove('best');
      bar.style.inlineSize = '0';
      share.textContent = '–';
    }
  }
}

function makeRow(digit: number): Row {
  const item = document.createElement('li');
  const name = span('digit', String(digit));
  const track = span('track');
  const bar = span('bar');
  const share = span('share');
  track.append(bar);
  item.append(name, track, share);
  return { item, bar, share };
}

function span(name: string, text = ''): HTMLSpanElement {
  const element = document.createElement('span');
  element.className = name;
  element.textContent = text;
  return element;
}
