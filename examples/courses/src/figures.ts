import { activationCurves } from './activations.ts';
import { activationsSvg } from './activations-svg.ts';
import { decisionBoundariesSvg } from './decision-boundaries-svg.ts';
import { gradientFlowSvg } from './gradient-flow-svg.ts';
import { invarianceSvg } from './invariance-svg.ts';
import { walks } from './learning-rates.ts';
import { learningRatesSvg } from './learning-rates-svg.ts';
import { lossSurfaceSvg } from './loss-surface-svg.ts';
import { optimiserRace } from './optimiser-race.ts';
import { optimiserRaceSvg } from './optimiser-race-svg.ts';
import { plainResidualSvg } from './plain-residual-svg.ts';
import { polynomialFitSvg } from './polynomial-fit-svg.ts';
import { universalApproximationSvg } from './universal-approximation-svg.ts';

/** The pictures of the lectures, by the name of their file. */
export const figures: Readonly<Record<string, () => Promise<string>>> = {
  'activations.svg': async () => activationsSvg(await activationCurves()),
  'decision-boundaries.svg': decisionBoundariesSvg,
  'gradient-flow.svg': gradientFlowSvg,
  'invariance.svg': invarianceSvg,
  'learning-rates.svg': () => learningRatesSvg(walks),
  'loss-surface.svg': lossSurfaceSvg,
  'optimiser-race.svg': async () => optimiserRaceSvg(await optimiserRace()),
  'plain-residual.svg': plainResidualSvg,
  'polynomial-fit.svg': polynomialFitSvg,
  'universal-approximation.svg': universalApproximationSvg,
};
