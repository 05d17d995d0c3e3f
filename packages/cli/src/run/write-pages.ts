import { confusionSvg, learningCurveSvg, mistakesSvg, type RunReport, reportHtml } from '@dl/train';
import type { RunFolder } from './run-folder.ts';

/** Writes the page of a run, and its pictures by themselves. */
export async function writePages(folder: RunFolder, report: RunReport): Promise<void> {
  const { title, history, confusion, classNames = [], predictions, pictures } = report;
  await folder.write('report.html', reportHtml(report));
  await folder.write('learning-curve.svg', learningCurveSvg(history, { title }));
  if (confusion !== undefined) await folder.write('confusion.svg', confusionSvg(confusion, { classNames, title }));
  if (!(pictures instanceof Map) || predictions === undefined) return;
  const [first] = pictures.values();
  const [channels = 1, height = 1, width = 1] = first?.shape ?? [];
  const images = {
    imageShape: [channels, height, width] as const,
    classNames,
    pixels: (index: number) => Uint8Array.from(pictures.get(index)?.data ?? []),
  };
  await folder.write('mistakes.svg', mistakesSvg(images, predictions, { title }));
}
