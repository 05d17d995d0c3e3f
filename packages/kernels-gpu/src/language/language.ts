/** The types that shader text knows. */
export type Type = 'float' | 'int' | 'vec4';

/** A parameter of a native function. */
export type Parameter = readonly [name: string, type: Type];

/**
 * Writes shader text in one of two languages. Expressions, `if`, assignments, calls of `min max abs floor …` and the casts `float(…)`,
 * `int(…)`, `vec4(…)` read the same in both; here is what does not.
 */
export interface Language {
  readonly name: 'glsl' | 'wgsl';
  /** Declares a local: `int i = value;`. Locals can be assigned. */
  declare(type: Type, name: string, value: string): string;
  /** `for (name = from; name < to; name++) { body }` over integers. */
  loop(name: string, from: string | number, to: string | number, body: string): string;
  /** The value of `yes` where `condition` holds, else of `no`; both are computed. */
  choose(condition: string, yes: string, no: string): string;
  /** A function. */
  define(returns: Type, name: string, parameters: readonly Parameter[], body: string): string;
  /** The value of an integer or float argument of the kernel. */
  argument(name: string): string;
  /** The four values of texel `at` of a buffer. */
  texel(buffer: string, at: string): string;
  /** The texel of a buffer at the running thread's own place. */
  ownTexel(buffer: string): string;
  /** Bits of a float as an integer. */
  bits(x: string): string;
  /** The number of the texel that the running thread computes. */
  readonly thread: string;
}
