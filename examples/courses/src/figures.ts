import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { walks } from './learning-rates.ts';
import { learningRatesSvg } from './learning-rates-svg.ts';
import { optimiserRace } from './optimiser-race.ts';
import { optimiserRaceSvg } from './optimiser-race-svg.ts';

const folder = process.argv[2] ?? 'runs';
await mkdir(folder, { recursive: true });
const figures = {
  'optimiser-race.svg': await optimiserRaceSvg(await optimiserRace()),
  'learning-rates.svg': await learningRatesSvg(walks),
};
for (const [name, svg] of Object.entries(figures)) {
  await writeFile(join(folder, name), svg);
  console.log(join(folder, name));
}
