import { type BatchTransform, compose, DataLoader, eachImage, elasticTransform, type ImageBatch, randomAffine } from '@dl/data';
import { crossEntropy } from '@dl/layers';
import { lenet5 } from '@dl/models';
import { Adam } from '@dl/optim';
import { fit } from '@dl/train';
import type { Bench } from '../bench.ts';
import { patternedImages } from './train/patterned-images.ts';
import { setStart } from './train/starting-values.ts';

const [size, batchSize] = [6400, 64];
const mostRounds = 5;

const moved = randomAffine(10, { translate: [0.1, 0.1], interpolation: 'bilinear' });

/** By the name that `loader` of pytorch.py has for the same; what is bent is moved and turned before. */
const augmentations: { readonly [name: string]: BatchTransform<ImageBatch> | undefined } = {
  none: undefined,
  affine: eachImage(moved),
  elastic: eachImage(compose([moved, elasticTransform({ alpha: 36, sigma: 4 })])),
};

/** What an epoch spends on waiting for batches, and how many images it gets through. */
interface Feeding {
  readonly waitingPercent: number;
  readonly imagesPerSecond: number;
}

/** How long a LeNet-5 step waits for its batch, with augmentation, by the number of workers. */
export async function loader(bench: Bench): Promise<void> {
  for (const [name, transform] of Object.entries(augmentations)) {
    const work = `LeNet-5 epoch, b64, ${name}`;
    if (!bench.begins(work)) continue;
    for (const workers of [0, 1, 2]) {
      const who = workers === 1 ? '1 worker' : `${workers} workers`;
      note(bench, work, `@dl, ${who}`, await feed(transform, workers, Math.min(mostRounds, bench.pace.rounds)));
      if (!bench.invites(bench.pytorch.name)) continue;
      // A quarter of the images: an epoch of elastic ones takes it ten seconds.
      const asked = await bench.attempt(bench.pytorch.name, work, () =>
        bench.pytorch.ask({ work: 'loader', args: [size / 4, batchSize, name, workers] }),
      );
      const [waitingPercent, imagesPerSecond] = asked?.result ?? [];
      if (imagesPerSecond !== undefined) note(bench, work, `${bench.pytorch.name}, ${who}`, { waitingPercent, imagesPerSecond });
    }
  }
}

function note(bench: Bench, work: string, who: string, { waitingPercent, imagesPerSecond }: Feeding): void {
  bench.figure(work, `${who}: waiting`, waitingPercent, '%');
  bench.figure(work, `${who}: speed`, imagesPerSecond, 'images/s');
}

/** The median epoch by its waiting, after one in which workers start. */
async function feed(transform: BatchTransform<ImageBatch> | undefined, workers: number, rounds: number): Promise<Feeding> {
  const model = lenet5();
  setStart(model);
  const optimizer = new Adam(model.parameters(), { lr: 1e-3 });
  using train = new DataLoader(patternedImages(size), { batchSize, shuffle: true, workers, transform });
  const found: Feeding[] = [];
  for (let round = 0; round <= rounds; round++) {
    const [before, start] = [train.waitedSeconds, performance.now()];
    await fit({ model, loss: crossEntropy, optimizer, train, epochs: 1 });
    const seconds = (performance.now() - start) / 1000;
    const waitingPercent = (100 * (train.waitedSeconds - before)) / seconds;
    if (round > 0) found.push({ waitingPercent, imagesPerSecond: size / seconds });
  }
  return found.sort((a, b) => a.waitingPercent - b.waitingPercent)[Math.floor(found.length / 2)];
}
