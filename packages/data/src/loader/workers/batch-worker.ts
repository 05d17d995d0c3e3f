import { serveBatches } from './serve-batches.ts';

serveBatches();
