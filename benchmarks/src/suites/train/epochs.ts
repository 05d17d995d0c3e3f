import { lenet5 } from '@dl/models';
import type { Bench } from '../../bench.ts';
import { ownEpochs } from './own-epochs.ts';
import { patternedImages } from './patterned-images.ts';

const [size, batch] = [6400, 64];

/** A whole epoch: what loader and loop cost comes to what the steps cost. */
export async function epochs(bench: Bench): Promise<void> {
  const work = 'LeNet-5 epoch, shuffled loader';
  await bench.compare({
    work,
    ours: (backend) => ownEpochs(backend, lenet5, patternedImages(size), batch),
    entrants: [bench.pytorch.entrant('epochs', size, batch)],
  });
  const rate = (ms: number) => (size / ms) * 1000;
  for (const row of bench.rows.filter((found) => found.work === work)) {
    bench.figure(work, `@dl, beside ${row.peer}`, rate(row.oursMs), 'images/s');
    bench.figure(work, row.peer, rate(row.peerMs), 'images/s');
  }
}
