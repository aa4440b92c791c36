import { describe, expect, it } from 'vitest';
import { BLOCK_ROWS, INT_MISSING, isDerived } from '../../src/match/index.js';
import { SIGNIFICANCE } from '../../src/records/significance.js';
import type { RowFields } from '../records/soundings.js';
import { match } from './matching.js';

const HOUR = 3600;

describe('rows of observations_table', () => {
  it('carry value, unit, precision, flags and the original where it was converted', () => {
    const { column, texts, constants } = match([
      {
        launch: 12 * HOUR + 60,
        latitude: -45.25,
        longitude: 179.9,
        rows: [
          { variable: 34, value: 3.5, z: 99_999, elapsed: 0, quality: 0 },
          { variable: 106, value: 360, z: 99_999 },
          { variable: 126, value: -56.5, z: 99_999, elapsed: 61.5 },
          { variable: 117, value: 16_180, z: 10_000 },
          { variable: 107, value: 12.5, z: 300, zType: 0 },
          { variable: 138, value: 45.6, z: Number.NaN, zType: -1 },
        ],
      },
    ]);
    expect(column('observed_variable')).toEqual([34, 106, 126, 117, 107, 138]);
    expect(column('units')).toEqual([5, 110, 5, 631, 731, 300]);
    expect(column('observation_value')).toEqual([3.5, 360, 216.65, 16_180, 12.5, 45.6].map(Math.fround));
    expect(column('z_coordinate')).toEqual([99_999, 99_999, 99_999, 10_000, 300, Number.NaN]);
    expect(column('z_coordinate_type')).toEqual([1, 1, 1, 1, 0, INT_MISSING]);
    const [M, N] = [INT_MISSING, Number.NaN];
    expect(column('conversion_flag')).toEqual([2, 2, 0, 2, 2, 2]);
    expect(column('conversion_method')).toEqual([M, M, 1, M, M, M]);
    expect(column('original_units')).toEqual([M, M, 60, M, M, M]);
    expect(column('original_value')).toEqual([N, N, -56.5, N, N, N]);
    expect(column('numerical_precision')).toEqual([0.1, 1, 0.1, 1, 0.1, 0.1].map(Math.fround));
    expect(column('elapsed_time')).toEqual([0, N, 61.5, N, N, N]);
    expect(column('quality_flag')).toEqual([0, 2, 2, 2, 2, 2]);
    expect(column('latitude')).toEqual(Array(6).fill(-45.25));
    expect(column('longitude')).toEqual(Array(6).fill(179.9));
    expect(column('date_time')).toEqual(Array(6).fill(43_260));
    expect(column('date_time_meaning')).toEqual(Array(6).fill(1));
    expect(texts('report_id')).toEqual(Array(6).fill('demo-XXM00012345-19000101120100-00'));
    expect(texts('observation_id')).toEqual([0, 1, 2, 3, 4, 5].map((n) => `19000101120100-00-00000${n}`));
    expect(texts('source_id')).toEqual(Array(6).fill('demo-1'));
    expect(Object.fromEntries(constants)).toMatchObject({
      value_significance: 12,
      observation_duration: 0,
      crs: 0,
    });
  });

  it('say what kind of height the coordinate is, and what the source says of the level', () => {
    const rows = [
      { z: 50_000, zType: 1, significance: SIGNIFICANCE.standard | SIGNIFICANCE.tropopause },
      { z: 100, zType: 0, significance: 0 },
      { z: 200, zType: 3, significance: -1 },
      { z: 300, zType: 4 },
      { z: 9806.65, zType: 2 },
    ];
    const [M, all] = [INT_MISSING, match([{ launch: 0, rows }])];
    expect(all.column('z_coordinate')).toEqual([50_000, 100, 200, 300, 1000]);
    expect(all.column('z_coordinate_type')).toEqual([1, 0, 0, 0, 0]);
    expect(all.column('z_coordinate_method')).toEqual([M, 1, 2, 3, 1]);
    expect(all.column('level_significance')).toEqual([98_304, 0, M, M, M]);
    const cuon = match([{ launch: 0, rows }], { profile: 'cuon' });
    expect(cuon.column('z_coordinate').at(-1)).toBe(Math.fround(9806.65));
    expect(cuon.column('z_coordinate_type').at(-1)).toBe(2);
    const unsaid = match([{ launch: 0, rows: [{ z: 50_000 }] }]);
    expect(unsaid.column('level_significance')).toEqual([M]);
  });

  it('are at the first level of a descent, whose launch was before', () => {
    const { column, matched } = match([
      { launch: 0, verticalDirection: 0, rows: [{}] },
      { launch: 0, begin: HOUR, verticalDirection: 1, platformType: 41, rows: [{ elapsed: HOUR }] },
      { launch: 2 * HOUR, rows: [{}] },
    ]);
    expect(column('date_time')).toEqual([0, HOUR, 2 * HOUR]);
    expect(column('date_time_meaning')).toEqual([1, 1, 1]);
    expect(matched.records.timestamp).toEqual([0, HOUR, 2 * HOUR]);
    const of = (table: string, name: string): unknown[] => {
      const values = matched.tables.get(table)?.columns.get(name);
      if (values === undefined || !isDerived(values)) throw new Error(`${table} has no ${name} by report`);
      return [0, 1, 2].map((row) => values.value(row));
    };
    expect(of('header_table', 'vertical_direction')).toEqual([0, 1, Number.NaN]);
    expect(of('header_table', 'platform_type')).toEqual([0, 41, 0]);
    expect(of('header_table', 'report_meaning_of_timestamp')).toEqual([1, 1, 1]);
    expect(of('profile_configuration', 'actual_time')).toEqual([0, 0, 2 * HOUR]);
  });

  it('have no time meaning where the time is not that of the launch', () => {
    const { column } = match([
      { nominal: 0, rows: [{}] },
      { launch: HOUR, nominal: HOUR, rows: [{}] },
    ]);
    expect(column('date_time_meaning')).toEqual([INT_MISSING, 1]);
  });

  it('count exact duplicates under a reason', () => {
    const { column, tally } = match([{ launch: 0, rows: [{}, {}, { value: 2 }, {}] }]);
    expect(column('original_value')).toEqual([1.5, 2]);
    expect([...tally.dropped]).toEqual([['demo.row.exact-duplicate', 2]]);
  });

  it('refuse a variable that the source never announced', () => {
    expect(() => match([{ launch: 0, rows: [{ variable: 0 }] }])).toThrow('observed_variable 0');
    expect(() => match([{ launch: 0, rows: [{ variable: 137 }] }])).toThrow(RangeError);
  });

  it('follow the conventions of the cuon profile', () => {
    const rows = [
      { variable: 117, value: 1000, z: 9000 },
      { variable: 138, value: 50, z: 8000 },
    ];
    const { column } = match([{ launch: 0, rows }], { profile: 'cuon' });
    expect(column('units')).toEqual([631, 0]);
    expect(column('observation_value')).toEqual([Math.fround(9806.65), 0.5]);
  });
});

describe('blocks', () => {
  const sounding = (rows: number, launch: number): { launch: number; rows: RowFields[] } => ({
    launch,
    rows: Array.from({ length: rows }, (_, i) => ({ z: 1e6 - i, value: i })),
  });

  it.each([
    [[BLOCK_ROWS], [BLOCK_ROWS]],
    [
      [BLOCK_ROWS - 1, 1, 1],
      [BLOCK_ROWS, 1],
    ],
    [
      [BLOCK_ROWS - 1, 2],
      [BLOCK_ROWS, 1],
    ],
    [
      [5, 2 * BLOCK_ROWS + 3],
      [BLOCK_ROWS, BLOCK_ROWS, 8],
    ],
    [[], []],
  ])('of soundings with %j rows are full but for the last', (sizes, blocks) => {
    if (sizes.length === 0) return expect(match([sounding(0, 0)]).blocks).toEqual(blocks);
    const outcome = match(sizes.map((rows, i) => sounding(rows, i * HOUR)));
    expect(outcome.blocks).toEqual(blocks);
    const rows = sizes.reduce((sum, size) => sum + size, 0);
    expect(outcome.matched.rows).toBe(rows);
    const ids = outcome.texts('observation_id');
    expect(new Set(ids).size).toBe(rows);
    expect([...ids].sort()).toEqual(ids);
    expect(outcome.column('original_value')).toEqual(
      sizes.flatMap((size) => Array.from({ length: size }, (_, i) => i)),
    );
    expect(outcome.column('date_time')).toEqual(sizes.flatMap((size, i) => Array(size).fill(i * HOUR)));
    expect(outcome.matched.records).toEqual({
      timestamp: sizes.map((_, i) => i * HOUR),
      index: sizes.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0)),
      size: sizes,
    });
  });
});

describe('the record index', () => {
  it('has one record for two reports of one time', () => {
    const { matched, texts } = match([
      { launch: 0, rows: [{}, { z: 1 }] },
      { launch: 0, nominal: 0, rows: [{}] },
      { launch: HOUR, rows: [{}] },
    ]);
    expect(matched.records).toEqual({ timestamp: [0, HOUR], index: [0, 3], size: [3, 1] });
    expect(matched.reports).toBe(3);
    expect(new Set(texts('report_id')).size).toBe(3);
    expect(texts('report_id')[2]).toMatch(/-01$/);
  });

  it('has a record without rows for a report without a value', () => {
    const { matched } = match([{ launch: 0 }, { launch: HOUR, rows: [{}] }]);
    expect(matched.records).toEqual({ timestamp: [0, HOUR], index: [0, 0], size: [0, 1] });
  });
});
