import { DlError } from '@dl/kernels';

/** A worker of a {@link DataLoader} ended before it was to, or did not start. The next loop starts new ones. */
export class WorkerError extends DlError {}
