/** Rows of columns: the type that two files have together, and levels out of rows. */
import { describe, expect, it } from 'vitest';
import { findLevels, levelsWith } from '../../src/export/levels.js';
import { commonType, pick, widened } from '../../src/export/rows.js';
import { timestamps } from '../../src/export/stored.js';
import type { ColumnRows, ColumnType } from '../../src/tabular/table.js';

describe('columns of the same name in two files', () => {
  it.each<[ColumnType, ColumnType, ColumnType | null]>([
    ['float32', 'float32', 'float32'],
    ['float32', 'float64', 'float64'],
    ['int32', 'float32', 'float64'],
    ['int32', 'int64', 'int64'],
    ['int64', 'float64', 'float64'],
    ['text', 'text', 'text'],
    ['text', 'int32', null],
    ['timestamp', 'int64', null],
  ])('of %s and %s are %s', (a, b, type) => {
    expect(commonType(a, b)).toBe(type);
    expect(commonType(b, a)).toBe(type);
  });

  it('keep values and what is missing in the wider type', () => {
    const missing = Uint8Array.of(0, 1, 0);
    const single: ColumnRows = { data: Float32Array.of(0.1, 0, -0), missing };
    expect(widened(single, 'float64')).toEqual({ data: Float64Array.of(Math.fround(0.1), 0, -0), missing });
    expect(widened({ data: Int32Array.of(1, 0, -3), missing }, 'int64')).toEqual({
      data: BigInt64Array.of(1n, 0n, -3n),
      missing,
    });
    expect(widened(single, 'float32')).toBe(single);
    expect(widened(null, 'float64')).toBeNull();
    expect(() => widened(['a'], 'int32')).toThrow(TypeError);
  });
});

describe('times', () => {
  const place = { file: 'x.nc', table: 'header_table', column: 'report_timestamp', from: 100 };
  /** Seconds since 1900-01-01 of the last second that a date can be, by ECMAScript. */
  const LAST = 8_640_000_000_000 + 2_208_988_800;

  it('are milliseconds since 1970, up to the last that a date can be', () => {
    expect(timestamps(Float64Array.of(0, Number.NaN, 2_208_988_800, LAST), place)).toEqual({
      data: BigInt64Array.of(-2_208_988_800_000n, 0n, 0n, 8_640_000_000_000_000n),
      missing: Uint8Array.of(0, 1, 0, 0),
    });
  });

  it.each([LAST + 1, -LAST + 2 * 2_208_988_800 - 1, 2 ** 62, -(2 ** 62), Number.POSITIVE_INFINITY])(
    'are none beyond: %s',
    (second) => {
      expect(() => timestamps(Float64Array.of(0, second), place)).toThrow(
        /x\.nc: .* in row 101 of report_timestamp of header_table is no time/,
      );
    },
  );
});

describe('rows that are picked out', () => {
  it('are missing where there is no place for them', () => {
    const places = Int32Array.of(2, -1, 0, 1);
    expect(pick(['a', '', 'c'], places)).toEqual(['c', '', 'a', '']);
    expect(pick({ data: Int32Array.of(7, 8, 9), missing: Uint8Array.of(0, 1, 0) }, places)).toEqual({
      data: Int32Array.of(9, 0, 7, 0),
      missing: Uint8Array.of(0, 1, 0, 1),
    });
    expect(pick(null, places)).toBeNull();
  });
});

describe('levels', () => {
  const rows = {
    reportId: ['a', 'a', 'a', 'a', 'a', 'a', 'a', 'b', 'b'],
    variable: Float64Array.of(106, 107, 106, 107, 107, 106, 106, 106, 107),
    zType: Float64Array.of(1, 1, 1, 1, 1, 1, Number.NaN, 1, 0),
    z: Float64Array.of(900, 900, 800, 800, 800, Number.NaN, Number.NaN, Number.NaN, 800),
    zMethod: new Float64Array(9).fill(Number.NaN),
  };

  it('begin with another report, type or coordinate; a repeated variable makes one more', () => {
    const { levelOf, starts } = findLevels(rows);
    expect([...levelOf]).toEqual([0, 0, 1, 1, 2, 3, 4, 5, 6]);
    expect([...starts]).toEqual([0, 2, 4, 5, 6, 7, 8]);
  });

  it('at a geopotential and at a geometric height of as many metres are two', () => {
    const heights = { ...rows, zType: new Float64Array(9), z: new Float64Array(9).fill(800) };
    const { starts } = findLevels({
      ...heights,
      reportId: new Array<string>(9).fill('a'),
      variable: Float64Array.of(106, 107, 126, 106, 107, 126, 137, 138, 139),
      zMethod: Float64Array.of(1, 1, 1, 2, 2, 2, 2, 2, 3),
    });
    expect([...starts]).toEqual([0, 3, 8]);
  });

  it('without a wanted variable are left out', () => {
    const { levelOf, starts } = levelsWith(findLevels(rows), (row) => rows.variable[row] === 107);
    expect([...levelOf]).toEqual([0, 0, 1, 1, 2, -1, -1, -1, 3]);
    expect([...starts]).toEqual([0, 2, 4, 8]);
    const fewer = levelsWith({ levelOf, starts }, (row) => row > 2);
    expect([...fewer.levelOf]).toEqual([-1, -1, 0, 0, 1, -1, -1, -1, 2]);
    expect([...fewer.starts]).toEqual([2, 4, 8]);
  });

  it('of no rows are none', () => {
    const none = {
      reportId: [],
      variable: new Float64Array(),
      zType: new Float64Array(),
      z: new Float64Array(),
      zMethod: new Float64Array(),
    };
    expect(findLevels(none)).toEqual({ levelOf: new Int32Array(), starts: new Int32Array() });
  });
});
