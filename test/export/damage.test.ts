/** Station files that do not go together, and times that are none. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { InputError, UsageError } from '../../src/errors.js';
import { createWorkspace } from '../cli/workspace.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { rewriteStation } from '../support/station-rewrite.js';
import { exported, readParquet } from './exports.js';

const space = createWorkspace();
const files = { cdm: '', cuon: '' };
beforeAll(async () => {
  files.cdm = join(await demoOutputs(), 'output/igra2/0-20000-0-99003_igra2_harvested.nc');
  files.cuon = space.path('cuon.nc');
  await rewriteStation(files.cdm, files.cuon, { attributes: { '': { profile: 'cuon' } } });
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
      message: expect.stringMatching(/harvested.nc .* profile cdm, .*cuon.nc .* of cuon/),
      hint: expect.stringContaining('--form wide'),
    });
    expect(readdirSync(space.folder).filter((name) => name.includes('mixed'))).toEqual([]);
  });

  it('go together where units are the same: in wide form, and tables of reports', async () => {
    const both = [files.cdm, files.cuon];
    const [one] = await exported([files.cdm], space.path('one.parquet'), { form: 'wide' });
    const [wide] = await exported(both, space.path('both.parquet'), { form: 'wide' });
    expect(wide?.rows).toBe(2 * (one?.rows ?? 0));
    const tables = ['header_table'];
    const [reports] = await exported([files.cdm], space.path('report.parquet'), { tables });
    const [headers] = await exported(both, space.path('reports.parquet'), { tables });
    expect(headers?.rows).toBe(2 * (reports?.rows ?? 0));
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
