/** One small station in every format and form; more of them, and more readers, in the tests that take longer. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace } from '../cli/workspace.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { rewriteStation } from '../support/station-rewrite.js';
import {
  duck,
  exported,
  firstDifference,
  type PlainColumns,
  readArrow,
  readCsv,
  readParquet,
  stored,
} from './exports.js';

const space = createWorkspace();
let outputs = '';
let file = '';
let wanted: PlainColumns = {};
beforeAll(async () => {
  outputs = join(await demoOutputs(), 'output');
  file = join(outputs, 'igra2', '0-20000-0-99003_igra2_harvested.nc');
  wanted = stored(file);
});

describe('observations_table', () => {
  it('is the same in Parquet, for hyparquet and for DuckDB', async () => {
    const path = space.path('same.parquet');
    const [report] = await exported([file], path);
    const { columns, rows } = await readParquet(path);
    expect(rows).toBe(report?.rows);
    expect(firstDifference(columns, wanted)).toBeNull();
    expect(firstDifference(await duck(`from '${path}'`), wanted)).toBeNull();
  });

  it('is the same in Arrow', async () => {
    await exported([file], space.path('same.arrow'));
    expect(firstDifference(readArrow(space.path('same.arrow')), wanted)).toBeNull();
  });

  it('is the same in CSV', async () => {
    await exported([file], space.path('same.csv'));
    expect(firstDifference(readCsv(space.path('same.csv')), wanted)).toBeNull();
  });

  it('is in the wide form, value by value', async () => {
    const path = space.path('wide.parquet');
    await exported([file], path, { form: 'wide' });
    const { columns } = await readParquet(path);
    const wide = new Map<string, unknown>();
    for (const [name, code] of [
      ['wind_speed', 107],
      ['wind_from_direction', 106],
    ] as const)
      for (const [row, value] of (columns[name] ?? []).entries())
        if (value !== null) wide.set([columns.report_id?.[row], columns.pressure?.[row], code].join(), value);
    const long = (wanted.observed_variable ?? []).map((code, row) => [
      [wanted.report_id?.[row], wanted.z_coordinate?.[row], code].join(),
      wanted.observation_value?.[row],
    ]);
    expect(long.filter(([key, value]) => value !== null && wide.get(String(key)) !== value)).toEqual([]);
    expect(wide.size).toBeGreaterThan(100);
  });
});

describe('the core form', () => {
  it('has departures in the unit of the value, which is that of the archive in the profile cuon', async () => {
    const cdm = join(outputs, 'era5_1', '0-20000-0-99001_era5_1_harvested.nc');
    const cuon = space.path('cuon.nc');
    const archive = stored(cdm, 'era5fb');
    const others = Object.keys(archive).filter((name) => !name.includes('_depar@'));
    const without = others.map((name) => `era5fb/${name}`);
    await rewriteStation(cdm, cuon, { without, attributes: { '': { profile: 'cuon' } } });
    const codes = stored(cdm).observed_variable ?? [];
    for (const [station, humidity, height] of [
      [cdm, 100, 1 / 9.80665],
      [cuon, 1, 1],
    ] as const) {
      const path = space.path('core.parquet');
      const columns = ['observed_variable', 'fg_depar@body', 'an_depar@body'];
      await exported([station], path, { form: 'core', feedback: true, columns });
      const factors = new Map<unknown, number>([
        [138, humidity],
        // At the surface it is in per cent in both profiles.
        [38, 100],
        [117, height],
      ]);
      const scaled = (name: string) =>
        (archive[name] ?? []).map((value, row) =>
          value === null ? null : Math.fround(Number(value) * (factors.get(codes[row]) ?? 1)),
        );
      expect(new Set(codes).has(138) && new Set(codes).has(117)).toBe(true);
      expect(
        firstDifference((await readParquet(path)).columns, {
          observed_variable: codes,
          'fg_depar@body': scaled('fg_depar@body'),
          'an_depar@body': scaled('an_depar@body'),
        }),
      ).toBeNull();
    }
  });
});
