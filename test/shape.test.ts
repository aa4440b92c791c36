import { describe, expect, it } from 'vitest';
import {
  anything,
  count,
  fields,
  flag,
  listOf,
  mapOf,
  number,
  object,
  oneOf,
  optional,
  orNull,
  pairOf,
  parsed,
  type Shape,
  text,
  textLike,
  timeText,
} from '../src/shape.js';

describe('a shape', () => {
  const cases: readonly (readonly [name: string, shape: Shape<unknown>, fits: unknown[], not: unknown[]])[] =
    [
      ['text', text, ['', 'a'], [1, null, undefined, ['a']]],
      ['number', number, [0, -1.5], [Number.NaN, Number.POSITIVE_INFINITY, '1', null]],
      ['count', count, [0, 2 ** 53 - 1], [-1, 1.5, 2 ** 53, '1']],
      ['flag', flag, [true, false], [0, 'true', null]],
      ['time', timeText, ['2020-01-01T00:00:00Z'], ['soon', 1, null]],
      ['fields', fields, [{}, { a: 1 }], [null, [], 'a', undefined]],
      ['one of', oneOf<string | number>('a', 2), ['a', 2], ['2', 'b', null]],
      ['a text like', textLike(/^a+$/), ['a', 'aa'], ['b', 1]],
      ['a list', listOf(text), [[], ['a']], [['a', 1], 'a', {}]],
      ['a map', mapOf(number), [{}, { a: 1 }], [{ a: '1' }, [1], null]],
      ['a pair', pairOf(text, number), [['a', 1]], [['a'], ['a', 1, 2], [1, 'a'], 'a1']],
      ['or null', orNull(text), ['a', null], [undefined, 1]],
      ['optional', optional(text), ['a', undefined], [null, 1]],
      ['anything', anything, [null, undefined, 1], []],
    ];

  it.each(cases)('%s takes what it names and nothing else', (_, shape, fits, not) => {
    expect(fits.filter((value) => !shape(value))).toEqual([]);
    expect(not.filter((value) => shape(value))).toEqual([]);
  });

  it('of an object asks for every field that is not optional, and lets others through', () => {
    const shape = object<{ a: string; b?: number }>({ a: text, b: optional(number) });
    expect([{ a: 'x' }, { a: 'x', b: 1 }, { a: 'x', c: true }].every(shape)).toBe(true);
    expect([{}, { a: 1 }, { a: 'x', b: '1' }, { b: 1 }, null, [], 'a'].some((value) => shape(value))).toBe(
      false,
    );
  });

  it('takes no inherited field for one of the object', () => {
    expect(object<{ length: number }>({ length: number })([])).toBe(false);
  });

  it('is asked of JSON, whose faults are no value', () => {
    const shape = object<{ a: string }>({ a: text });
    expect(parsed('{"a":"x"}', shape)).toEqual({ a: 'x' });
    expect([parsed('{"a":1}', shape), parsed('{"a"', shape), parsed('', shape)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
