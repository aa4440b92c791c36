/**
 * Whether a value that something else wrote has the shape that is expected of it: checkers made of small checkers, which read like the
 * type. `object<T>` asks for a checker of every field of `T`, so that type and check cannot drift apart. Fields that a type does not know are let through.
 */

/** A check of a foreign value. */
export type Shape<T> = (value: unknown) => value is T;

/** Any value, `undefined` included. */
export const anything: Shape<unknown> = (_value): _value is unknown => true;
export const text: Shape<string> = (value): value is string => typeof value === 'string';
/** A number that is neither infinite nor NaN. */
export const number: Shape<number> = (value): value is number =>
  typeof value === 'number' && Number.isFinite(value);
/** A whole number from 0 on that a double holds exactly. */
export const count: Shape<number> = (value): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
export const flag: Shape<boolean> = (value): value is boolean => typeof value === 'boolean';
/** A text that `Date.parse` reads. */
export const timeText: Shape<string> = (value): value is string =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value));

/** Neither null nor a list. */
export const fields: Shape<Record<string, unknown>> = (value): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function oneOf<const T extends string | number>(...values: readonly T[]): Shape<T> {
  return (value): value is T => values.some((one) => one === value);
}

/** A text that a regular expression fits. */
export function textLike(pattern: RegExp): Shape<string> {
  return (value): value is string => typeof value === 'string' && pattern.test(value);
}

export function listOf<T>(shape: Shape<T>): Shape<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every(shape);
}

/** An object whose values are all alike, whatever their keys. */
export function mapOf<T>(shape: Shape<T>): Shape<Record<string, T>> {
  return (value): value is Record<string, T> => fields(value) && Object.values(value).every(shape);
}

export function pairOf<A, B>(first: Shape<A>, second: Shape<B>): Shape<[A, B]> {
  return (value): value is [A, B] =>
    Array.isArray(value) && value.length === 2 && first(value[0]) && second(value[1]);
}

export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return (value): value is T | null => value === null || shape(value);
}

/** A field that may be left out. */
export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value): value is T | undefined => value === undefined || shape(value);
}

export function object<T extends object>(shapes: { readonly [K in keyof T]-?: Shape<T[K]> }): Shape<T> {
  const checks = Object.entries<Shape<unknown>>(shapes);
  return (value): value is T => fields(value) && checks.every(([name, shape]) => shape(value[name]));
}

/** The value that a JSON text stands for; undefined where it is not JSON or not of the shape. */
export function parsed<T>(json: string, shape: Shape<T>): T | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return shape(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
