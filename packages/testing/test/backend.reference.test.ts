import { createReferenceBackend } from '@dl/kernels';
import { describeBackend } from '../src/suites/backend.ts';

describeBackend(createReferenceBackend);
