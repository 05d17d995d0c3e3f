import type { DType } from '@dl/kernels';

/** A tensor written out in a case. */
export interface OnnxTensor {
  readonly dims: readonly number[];
  readonly type: string;
  readonly data: readonly (number | boolean | string)[];
}

/** One call of an operator. */
export interface OnnxCase {
  readonly name: string;
  readonly inputs: readonly OnnxTensor[];
  readonly outputs: readonly OnnxTensor[];
}

/** Cases of one operator with the same attributes. */
export interface OnnxGroup {
  readonly name: string;
  readonly operator: string;
  readonly attributes?: readonly { readonly name: string; readonly data: unknown }[];
  readonly cases: readonly OnnxCase[];
}

/** The attributes of a group, by name and kind; undefined where they are not given. */
export interface OnnxAttributes {
  number(name: string): number | undefined;
  numbers(name: string): readonly number[] | undefined;
  text(name: string): string | undefined;
}

export function attributesOf({ attributes = [] }: OnnxGroup): OnnxAttributes {
  const given = new Map(attributes.map(({ name, data }) => [name, data]));
  return {
    number(name) {
      const value = given.get(name);
      return typeof value === 'number' ? value : undefined;
    },
    numbers(name) {
      const value = given.get(name);
      return Array.isArray(value) ? value.map(Number) : undefined;
    },
    text(name) {
      const value = given.get(name);
      return typeof value === 'string' ? value : undefined;
    },
  };
}

/** Our name of a dtype; undefined where there is none. */
export function dtypeOf({ type }: OnnxTensor): DType | undefined {
  return type === 'float32' || type === 'int32' || type === 'uint8' || type === 'bool' ? type : undefined;
}

/** The elements of a tensor as numbers: JSON has no infinity, so those are words. */
export function elementsOf({ data }: OnnxTensor): number[] {
  return data.map((value) =>
    value === 'inf' ? Number.POSITIVE_INFINITY : value === '-inf' ? Number.NEGATIVE_INFINITY : Number(value),
  );
}
