/** Columns of tables as the arrays that are stored. */
import { describe, expect, it } from 'vitest';
import { INT_MISSING } from '../../src/match/index.js';
import type { NumericArray } from '../../src/netcdf4/index.js';
import { encodeColumn } from '../../src/output/encoding.js';

const TIME_MISSING = -(2n ** 63n);
const text = ({ buffer, byteOffset, byteLength }: NumericArray): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString();

describe('a column of numbers', () => {
  it('has one for each row, missing ones as the value of its type', () => {
    const values = [1.5, Number.NaN, -3];
    expect(encodeColumn(values, 3, 'float')).toEqual({ array: Float32Array.from(values), width: 1 });
    expect(encodeColumn(values, 3, 'double')).toEqual({ array: Float64Array.from(values), width: 1 });
    const whole = [7, Number.NaN, -3];
    expect(encodeColumn(whole, 3, 'int')).toEqual({ array: Int32Array.of(7, INT_MISSING, -3), width: 1 });
    const times = BigInt64Array.of(7n, TIME_MISSING, -3n);
    expect(encodeColumn(whole, 3, 'int64')).toEqual({ array: times, width: 1 });
  });

  it('repeats what is the same in all rows', () => {
    expect(encodeColumn(2, 2, 'float').array).toEqual(Float32Array.of(2, 2));
    expect(encodeColumn(2, 2, 'int64').array).toEqual(BigInt64Array.of(2n, 2n));
    expect(encodeColumn(Number.NaN, 2, 'int').array).toEqual(Int32Array.of(INT_MISSING, INT_MISSING));
    expect(encodeColumn(Number.NaN, 1, 'double').array).toEqual(Float64Array.of(Number.NaN));
  });
});

describe('a column of text', () => {
  it('is as wide as its longest text in bytes, the shorter ones end in NUL', () => {
    const { array, width } = encodeColumn(['Wien', '', 'Grüße'], 3, 'char');
    expect(width).toBe(7);
    expect(text(array)).toBe('Wien\0\0\0\0\0\0\0\0\0\0Grüße');
  });

  it('repeats what is the same in all rows', () => {
    const { array, width } = encodeColumn('Spaß', 2, 'char');
    expect([width, text(array)]).toEqual([5, 'SpaßSpaß']);
    expect(encodeColumn('', 2, 'char')).toEqual({ array: Buffer.alloc(2), width: 1 });
    expect(encodeColumn(['', ''], 2, 'char')).toEqual({ array: Buffer.alloc(2), width: 1 });
  });
});
