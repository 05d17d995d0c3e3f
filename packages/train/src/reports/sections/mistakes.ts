import type { HostTensor } from '@dl/kernels';
import type { Prediction } from '../../metrics/predictions.ts';
import { element } from '../markup.ts';
import { mistakesLine } from '../mistakes-svg.ts';
import { html, words } from '../page/html.ts';
import type { Section } from '../page/section.ts';
import { imageRaster } from '../pixels/image-raster.ts';
import { pictureAt } from '../pixels/pictures.ts';
import { pngUrl } from '../pixels/png-url.ts';
import type { RunReport } from '../run-report.ts';
import { percent } from '../svg.ts';
import { worstMistakes } from '../worst-mistakes.ts';

/** The images that the model was most wrong about. */
export function mistakes({ predictions, pictures, classNames = [] }: RunReport): Section | undefined {
  if (predictions === undefined || pictures === undefined) return undefined;
  const worst = worstMistakes(predictions);
  const shots = worst.flatMap((prediction) => {
    const image = pictureAt(pictures, prediction.index);
    return image === undefined ? [] : [shot(image, prediction, (label) => classNames[label] ?? String(label))];
  });
  const line = words('p', `${mistakesLine(predictions, worst.length)}.`);
  return { id: 'mistakes', title: 'Worst mistakes', body: line + html('div', { class: 'shots' }, ...shots) };
}

function shot(
  image: HostTensor,
  { index, truth, predicted, probabilities }: Prediction,
  name: (label: number) => string,
): string {
  const raster = imageRaster('reportHtml', image);
  const alt = `image ${index}: ${name(truth)}, taken for ${name(predicted)}`;
  const { width, height } = raster;
  const line = (said: string, label: number, className: string): string =>
    html('div', {}, words('span', said, { class: className }), words('span', percent(probabilities[label], 1)));
  return html(
    'figure',
    {},
    element('img', { src: pngUrl(raster), width, height, alt }),
    html('figcaption', {}, line(`taken for ${name(predicted)}`, predicted, 'wrong'), line(`is ${name(truth)}`, truth, 'right')),
  );
}
