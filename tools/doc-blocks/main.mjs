import { writePrograms } from './generate.mjs';

writePrograms('types');
