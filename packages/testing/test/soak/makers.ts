import { elementwise } from './elementwise.ts';
import { images } from './images.ts';
import { places } from './places.ts';
import { products } from './products.ts';
import type { Maker } from './program.ts';

/** Programs by kind; each draws its shapes, attributes and ops. */
export const makers: readonly Maker[] = [...elementwise, ...products, ...images, ...places];
