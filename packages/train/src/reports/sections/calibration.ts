import { binsOf } from '../bins-of.ts';
import { calibrationDrawing, calibrationLine } from '../calibration-svg.ts';
import { html, words } from '../page/html.ts';
import type { Section } from '../page/section.ts';
import type { RunReport } from '../run-report.ts';
import { inlinePicture } from '../svg.ts';

/** Whether the model is right as often as it is sure to be. */
export function calibration({ calibration: given, predictions }: RunReport): Section | undefined {
  const bins = given ?? (predictions && binsOf(predictions));
  if (bins === undefined || bins.every(({ count }) => count === 0)) return undefined;
  const line = calibrationLine(bins);
  const text = [
    words('p', `${line[0].toUpperCase()}${line.slice(1)}.`),
    words(
      'p',
      'Blue, full and pale: how often the model was right where it was about so sure. Orange: by how much it was too sure. Pale blue: by how much it was not sure enough.',
      { class: 'note' },
    ),
  ];
  const figure = html('figure', {}, inlinePicture(calibrationDrawing(bins), `Reliability diagram: ${line}`));
  return { id: 'calibration', title: 'Calibration', body: [...text, figure].join('\n') };
}
