/**
 * What pictures are painted with: on paper, and in a page on a dark screen. Blue is what is right or training, orange what is wrong or held
 * out: told apart by colour-blind eyes too, and readable as letters.
 */
const palette: Readonly<Record<ColorName, Pair>> = {
  paper: ['#ffffff', '#151a21'],
  ink: ['#1c2430', '#e6eaf0'],
  muted: ['#626d80', '#9aa5b5'],
  grid: ['#e6e9ef', '#2b333e'],
  tile: ['#f5f6f8', '#1f262f'],
  blue: ['#2866d2', '#79aefc'],
  paleBlue: ['#e2ecfc', '#1d3357'],
  orange: ['#bd4f06', '#f59a4c'],
};

/** What a colour is for. */
type ColorName = 'paper' | 'ink' | 'muted' | 'grid' | 'tile' | 'blue' | 'paleBlue' | 'orange';

type Pair = readonly [light: string, dark: string];

/** The colours on paper. */
export const colors: Readonly<Record<ColorName, string>> = {
  paper: palette.paper[0],
  ink: palette.ink[0],
  muted: palette.muted[0],
  grid: palette.grid[0],
  tile: palette.tile[0],
  blue: palette.blue[0],
  paleBlue: palette.paleBlue[0],
  orange: palette.orange[0],
};

/** Curves of many runs, told apart by colour-blind eyes (after Okabe & Ito, 2008). */
const many: readonly Pair[] = [
  ['#0072b2', '#56a8e0'],
  ['#c05000', '#f08a3c'],
  ['#00805c', '#2fc79a'],
  ['#b04d87', '#e39ac4'],
  ['#976800', '#e6b93c'],
  ['#5b6472', '#aab4c2'],
];

/** How many runs have a colour of their own. */
export const paints: number = many.length;

/** The colour of the run at `index`. */
export function paint(index: number): string {
  return many[index % paints][0];
}

/** Rules of CSS that paint pictures for a dark screen: by what is written in their elements, so that a picture alone stays as it is. */
export function darkRules(): string {
  const rules = [...Object.values(palette), ...many].flatMap(([light, dark]) =>
    ['fill', 'stroke'].map((property) => `svg [${property}="${light}"] { ${property}: ${dark}; }`),
  );
  return rules.join('\n');
}

/** Custom properties of CSS with the colours of a page, one a name. */
export function properties(theme: 'light' | 'dark'): string {
  return Object.entries(palette)
    .map(([name, [light, dark]]) => `--${name}: ${theme === 'light' ? light : dark};`)
    .join(' ');
}
