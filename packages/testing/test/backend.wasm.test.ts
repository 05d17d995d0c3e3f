import { createWasmBackend } from '@dl/kernels-wasm';
import { describeBackend } from '../src/suites/backend.ts';

describeBackend(createWasmBackend);
