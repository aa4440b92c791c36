/** Station files that do not go together, and times that are none. */
import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { InputError, UsageError } from '../../src/errors.js';
import { createWorkspace } from '../cli/workspace.js';
import { LAUNCHES } from '../reading/launches.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { rewriteStation } from '../support/station-rewrite.js';
import { exported, readParquet } from './exports.js';

const space = createWorkspace();
const files = { cdm: '', cuon: '' };
beforeAll(async () => {
  const input = [space.write('vienna.txt', encodeIgra2(LAUNCHES))];
  for (const profile of ['cdm', 'cuon'] as const) {
    const report = await harvestQuietly({ input, output: space.path(profile), profile });
    files[profile] = report.stations[0]?.files[0] ?? '';
  }
});

describe('station files of two profiles', () => {
  it.each([
    ['long', 'parquet'],
    ['core', 'csv'],
  ] as const)('have values in other units: no table of both in the form %s', async (form, extension) => {
    const path = space.path(`mixed.${extension}`);
    const error = await exported([files.cdm, files.cuon], path, { form }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({
      code: 'MIXED_PROFILES',
      message: expect.stringMatching(/cdm\/.* profile cdm, .*cuon\/.* of cuon/),
      hint: expect.stringContaining('--form wide'),
    });
    expect(readdirSync(space.folder).filter((name) => name.includes('mixed'))).toEqual([]);
  });

  it('go together where units are the same: in wide form, and tables of reports', async () => {
    const both = [files.cdm, files.cuon];
    const path = space.path('both.parquet');
    const [wide] = await exported(both, path, { form: 'wide' });
    const { columns } = await readParquet(path);
    const humidity = columns.relative_humidity ?? [];
    expect(wide?.rows).toBe(2 * 8);
    expect(humidity.slice(0, 8)).toEqual(humidity.slice(8));
    const [headers] = await exported(both, space.path('headers.parquet'), { tables: ['header_table'] });
    expect(headers?.rows).toBe(2 * 3);
    const [alike] = await exported([files.cuon, files.cuon], space.path('alike.parquet'));
    expect(alike?.rows).toBeGreaterThan(0);
  });
});

describe('a time that is none', () => {
  const ROW = 4;

  it.each([
    ['far after', 2n ** 62n],
    ['far before', -(2n ** 62n)],
    // 1900-01-01 is 2,208,988,800 s before 1970-01-01: a second more than a date can be.
    ['just too late', 8_640_000_000_000n + 2_208_988_800n + 1n],
  ])('is an input error that says where: %s', async (name, time) => {
    const file = space.path(`${name}.nc`);
    await rewriteStation(files.cdm, file, {
      values: {
        'observations_table/date_time': (values) => {
          values[ROW] = time;
          return undefined;
        },
      },
    });
    for (const form of ['long', 'wide'] as const) {
      const error = await exported([file], space.path('time.parquet'), { form }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error, form).toBeInstanceOf(InputError);
      expect(error, form).toMatchObject({
        code: 'BAD_TIME',
        position: { file, field: 'date_time' },
        message: expect.stringMatching(`row ${ROW} of date_time of observations_table`),
      });
    }
    expect(readdirSync(space.folder).filter((each) => each.includes('time.parquet'))).toEqual([]);
  });

  it('of a report is one in the core form', async () => {
    const file = space.path('reports.nc');
    await rewriteStation(files.cdm, file, {
      values: {
        'profile_configuration/actual_time': (values) => {
          values[2] = 2n ** 62n;
          return undefined;
        },
      },
    });
    await expect(exported([file], space.path('x.csv'), { form: 'core' })).rejects.toMatchObject({
      code: 'BAD_TIME',
      message: expect.stringMatching('row 2 of actual_time of profile_configuration'),
    });
  });

  it('is not the last second that a date can be', async () => {
    const file = space.path('last.nc');
    await rewriteStation(files.cdm, file, {
      values: {
        'observations_table/date_time': (values) => {
          values[ROW] = 8_640_000_000_000n + 2_208_988_800n;
          return undefined;
        },
      },
    });
    await exported([file], space.path('last.parquet'));
    const { columns } = await readParquet(space.path('last.parquet'));
    expect(columns.date_time?.[ROW]).toBe(8.64e15);
  });
});
