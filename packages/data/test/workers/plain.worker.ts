import { serveBatches } from '../../src/loader/workers/serve-batches.ts';

serveBatches();
