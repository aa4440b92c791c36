import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLevelSorter } from '../../src/records/levels.js';
import { type RowFields, soundingOf } from './soundings.js';

/** The rows that are kept, in order, by their place in the input; and the number left out. */
function order(rows: readonly RowFields[]): { kept: number[]; duplicates: number } {
  const { indices, length, duplicates } = createLevelSorter().order(soundingOf({ launch: 0, rows }));
  return { kept: [...indices.subarray(0, length)], duplicates };
}

const kept = (rows: readonly RowFields[]): number[] => order(rows).kept;

describe('the order of rows in a sounding', () => {
  it('is from the ground up by pressure, within a level by variable', () => {
    const rows = [
      { z: 50_000, variable: 107 },
      { z: 100_000, variable: 126 },
      { z: 50_000, variable: 106 },
      { z: 100_000, variable: 34 },
      { z: 85_000 },
    ];
    expect(kept(rows)).toEqual([3, 1, 4, 2, 0]);
  });

  it('is pressure levels, then height levels upwards, then rows without a coordinate', () => {
    const rows = [
      { zType: -1, z: Number.NaN, variable: 107 },
      { zType: 0, z: 1500 },
      { zType: 1, z: 10_000 },
      { zType: 0, z: 300 },
      { zType: -1, z: Number.NaN, variable: 106 },
      { zType: 1, z: 99_999 },
    ];
    expect(kept(rows)).toEqual([5, 2, 3, 1, 4, 0]);
  });

  it('is upwards over heights of all kinds, which are one coordinate in the file', () => {
    const rows = [
      { zType: 3, z: 900 },
      { zType: 0, z: 1000, variable: 137 },
      { zType: 4, z: 100 },
      { zType: 3, z: 1000, variable: 107 },
      { zType: 0, z: 1000, variable: 107 },
      { zType: 2, z: 50 },
      { zType: 1, z: 500 },
    ];
    expect(order(rows)).toEqual({ kept: [6, 2, 0, 4, 3, 1, 5], duplicates: 0 });
  });

  it('stays as it is where it is right, and the result is used again', () => {
    const sorter = createLevelSorter();
    const right = soundingOf({ launch: 0, rows: [{ z: 9 }, { z: 8 }, { z: 8, variable: 137 }] });
    const wrong = soundingOf({ launch: 0, rows: [{ z: 1 }, { z: 2 }] });
    expect([...sorter.order(right).indices.subarray(0, 3)]).toEqual([0, 1, 2]);
    expect(sorter.order(wrong)).toMatchObject({ length: 2, duplicates: 0 });
    expect(sorter.order(right)).toMatchObject({ length: 3, duplicates: 0 });
  });

  it('takes two coordinates that are one in single precision for one level, as they are written', () => {
    const rows = [
      { z: 50_000.0001, variable: 137 },
      { z: 50_000, variable: 107 },
    ];
    expect(kept(rows)).toEqual([1, 0]);
    const twice = [{ z: 50_000.0001 }, { z: 70_000 }, { z: 50_000 }];
    expect(order(twice)).toEqual({ kept: [1, 0], duplicates: 1 });
    const geopotentials = { zType: 2, z: 9.80665e4 };
    const sorter = createLevelSorter([1, 1, 1 / 9.80665, 1, 1]);
    const { indices, length } = sorter.order(
      soundingOf({
        launch: 0,
        rows: [
          { ...geopotentials, variable: 137 },
          { ...geopotentials, z: 98_066.5001, variable: 107 },
        ],
      }),
    );
    expect([...indices.subarray(0, length)]).toEqual([1, 0]);
  });

  it('takes more rows than the sorter began with', () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => ({ z: i + 1 }));
    expect(kept(rows)).toEqual(rows.map((_, i) => rows.length - 1 - i));
  });
});

describe('duplicates', () => {
  it('go where every column is equal, the first stays', () => {
    const rows = [{ z: 5 }, { z: 9 }, { z: 5 }, { z: 5 }];
    expect(order(rows)).toEqual({ kept: [1, 0], duplicates: 2 });
  });

  it.each<[string, RowFields]>([
    ['value', { value: 1.6 }],
    ['quality', { quality: 0 }],
    ['elapsed', { elapsed: 0 }],
    ['coordinate', { z: 50_001 }],
    ['coordinate type', { zType: 0 }],
    ['variable', { variable: 127 }],
  ])('are none where the %s differs', (_, other) => {
    expect(order([{}, other, {}]).kept).toHaveLength(2);
    expect(order([{}, other])).toMatchObject({ duplicates: 0 });
  });

  it('are found with another value between them, and with missing elapsed times', () => {
    expect(order([{ value: 1 }, { value: 2 }, { value: 1 }])).toEqual({ kept: [0, 1], duplicates: 1 });
    expect(
      order([
        { zType: -1, z: Number.NaN },
        { zType: -1, z: Number.NaN },
      ]).duplicates,
    ).toBe(1);
  });

  it('and order agree with a plain sort over distinct rows', () => {
    const row = fc.record({
      zType: fc.constantFrom(0, 1),
      z: fc.integer({ min: 1, max: 4 }),
      variable: fc.constantFrom(106, 107, 126),
      value: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
        const key = (r: (typeof rows)[number]): string => JSON.stringify([r.zType, r.z, r.variable, r.value]);
        const distinct = rows.filter((r, i) => rows.findIndex((other) => key(other) === key(r)) === i);
        const expected = distinct
          .map((r, i) => ({ r, i }))
          .sort(
            (a, b) =>
              b.r.zType - a.r.zType ||
              (a.r.zType === 1 ? b.r.z - a.r.z : a.r.z - b.r.z) ||
              a.r.variable - b.r.variable ||
              a.i - b.i,
          )
          .map(({ r }) => key(r));
        const result = order(rows);
        expect(result.kept.map((i) => key(rows[i] as (typeof rows)[number]))).toEqual(expected);
        expect(result.duplicates).toBe(rows.length - distinct.length);
      }),
      { seed: 6, numRuns: 300 },
    );
  });
});
