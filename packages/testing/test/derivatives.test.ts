import { records } from '../src/records/index.ts';
import { describeDerivatives } from '../src/suites/derivatives.ts';

describeDerivatives(records);
