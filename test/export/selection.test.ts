/** What of which files is exported: periods, variables, columns, tables, and what cannot be: unknown words, damage, mixed profiles. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { InputError, StorageError, UsageError } from '../../src/errors.js';
import type { NumericArray, StoredBytes } from '../../src/netcdf4/index.js';
import { openStation } from '../../src/reading/open.js';
import { zstd } from '../../src/tabular/parquet.js';
import { createWorkspace } from '../cli/workspace.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { since1900 } from '../support/reading.js';
import { rewriteStation } from '../support/station-rewrite.js';
import { exported, firstDifference, readParquet, stored } from './exports.js';

const space = createWorkspace();
let outputs = '';
beforeAll(async () => {
  outputs = join(await demoOutputs(), 'output');
});

const demoFile = (dataset: string, station: string): string =>
  join(outputs, dataset, `${station}_${dataset}_harvested.nc`);

const period = (from: string, to: string) => ({ from: since1900(from), to: since1900(to) });

describe('a selection', () => {
  it('of a period and of variables has exactly their rows', async () => {
    const file = demoFile('igra2', '0-20000-0-99001');
    const wanted = stored(file);
    const path = space.path('selected.parquet');
    const within = period('2019-12-25T10:00:00Z', '2019-12-27T22:58:00Z');
    const names = ['observation_id', 'date_time', 'observation_value', 'original_value'];
    await exported([file], path, { period: within, variables: ['temperature', '107'], columns: names });
    const rows = (wanted.date_time ?? []).flatMap((time, row) => {
      const seconds = Number(time) / 1000 + 2_208_988_800;
      const code = Number(wanted.observed_variable?.[row]);
      return seconds >= within.from && seconds < within.to && [126, 107].includes(code) ? [row] : [];
    });
    expect(rows.length).toBeGreaterThan(500);
    expect(rows.length).toBeLessThan((wanted.date_time?.length ?? 0) / 2);
    const { columns } = await readParquet(path);
    const selected = names.map((name) => [name, rows.map((row) => wanted[name]?.[row] ?? null)] as const);
    expect(firstDifference(columns, Object.fromEntries(selected))).toBeNull();
  });

  it('of a period has its reports in the tables of reports', async () => {
    const file = demoFile('igra2', '0-20000-0-99001');
    const within = period('2019-12-25T10:00:00Z', '2019-12-27T22:58:00Z');
    const tables = ['header_table', 'profile_configuration', 'station_configuration'];
    const [headers, profiles, stations] = await exported([file], space.path('reports/'), {
      period: within,
      tables,
    });
    const times = (stored(file, 'header_table').report_timestamp ?? []).map(
      (time) => Number(time) / 1000 + 2_208_988_800,
    );
    const count = times.filter((time) => time >= within.from && time < within.to).length;
    expect(count).toBeGreaterThan(2);
    expect([headers?.rows, profiles?.rows, stations?.rows]).toEqual([count, count, 1]);
  });

  it('of columns has these, in this order', async () => {
    const path = space.path('columns.parquet');
    await exported([demoFile('bufr', 'DEMO1')], path, {
      columns: ['z_coordinate', 'report_id', 'date_time'],
    });
    const { columns, rows } = await readParquet(path);
    expect(Object.keys(columns)).toEqual(['z_coordinate', 'report_id', 'date_time']);
    expect(columns.report_id).toEqual(stored(demoFile('bufr', 'DEMO1')).report_id);
    expect(rows).toBe(columns.date_time?.length);
  });
});

async function valueChunks(path: string): Promise<readonly StoredBytes[]> {
  const station = await openStation(path);
  const table = station.contents.root.groups.get('observations_table');
  const chunks = table?.variables.get('observation_value')?.storage() ?? [];
  station.close();
  return chunks;
}

describe('what cannot be exported', () => {
  const igra2 = () => demoFile('igra2', '0-20000-0-99003');

  it.each([
    ['an unknown variable', { variables: ['temperatur'] }, /temperatur is no variable/, /wind_speed \(107\)/],
    ['a code that is in no table', { variables: ['99999'] }, /99999 is no variable/, /wind_speed \(107\)/],
    [
      'an unknown column',
      { columns: ['date_time', 'time'] },
      /no column time/,
      /date_time.*observation_value/,
    ],
    [
      'an unknown table',
      { tables: ['observation_table'] },
      /no table observation_table/,
      /observations_table/,
    ],
    ['feedback that is not there', { feedback: true }, /no feedback/, /Leave out --feedback/],
    [
      'variables of reports',
      { tables: ['header_table'], variables: ['126'] },
      /--variables does not select/,
      /^$/,
    ],
    [
      'a period of code tables',
      { tables: ['units'], period: period('2000-01-01T00:00:00Z', '2001-01-01T00:00:00Z') },
      /--from and --to do not select/,
      /^$/,
    ],
    ['quality in long form', { quality: true }, /--quality goes with --form wide/, /quality_flag/],
    [
      'tables in wide form',
      { form: 'wide' as const, tables: ['units'] },
      /made of observations_table/,
      /--form long/,
    ],
    ['several tables in one file', { tables: ['units', 'crs'] }, /takes one table/, /folder/],
    ['compressed Parquet', { gzip: true }, /not compressed as a whole/, /--compression/],
    ['units of Parquet', { units: 'header' as const }, /--units is for CSV/, /^$/],
  ])('is %s: a usage error that says what there is', async (_, more, message, hint) => {
    const error = await exported([igra2()], space.path('no.parquet'), more).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).toMatch(message);
    expect((error as UsageError).hint ?? '').toMatch(hint);
    expect(readdirSync(space.folder).filter((name) => name.includes('no.parquet'))).toEqual([]);
  });

  it.skipIf(zstd !== undefined)('is zstd where Node has none', async () => {
    const error = exported([igra2()], space.path('z.parquet'), { compression: 'zstd' });
    await expect(error).rejects.toThrow(/has no zstd/);
  });

  it('is into the station file itself, two into one name, or from an empty folder', async () => {
    const copy = space.path('copy', 'station.nc');
    mkdirSync(space.path('copy', 'again'), { recursive: true });
    copyFileSync(igra2(), copy);
    await expect(exported([copy], copy, { format: 'csv' })).rejects.toThrow(/is the file that is exported/);
    copyFileSync(copy, space.path('copy', 'again', 'station.nc'));
    await expect(exported([space.path('copy')], space.path('two/'))).rejects.toThrow(/would both become/);
    mkdirSync(space.path('empty'));
    await expect(exported([space.path('empty')], space.path('x.csv'))).rejects.toThrow(/no station files/);
    await expect(exported([space.path('not-there.nc')], space.path('x.csv'))).rejects.toThrow(StorageError);
  });

  it('is what is no station file, empty, cut, or damaged inside: an input error, and no file', async () => {
    const file = demoFile('igra2', '0-20000-0-99001');
    const bytes = readFileSync(file);
    const damaged = Buffer.from(bytes);
    const [chunk] = await valueChunks(file);
    damaged.fill(0x55, chunk?.address, (chunk?.address ?? 0) + 20);
    const bad: [string, Uint8Array][] = [
      ['text.nc', Buffer.from('#AUM00011035 2015 01 23 12 1117    1\n')],
      ['empty.nc', new Uint8Array(0)],
      ['cut.nc', bytes.subarray(0, bytes.length >> 1)],
      ['damaged.nc', damaged],
    ];
    mkdirSync(space.path('bad'));
    for (const [name, content] of bad) {
      writeFileSync(space.path(name), content);
      for (const format of ['parquet', 'arrow', 'csv'])
        await expect(exported([space.path(name)], space.path('bad', `x.${format}`)), name).rejects.toThrow(
          InputError,
        );
    }
    expect(readdirSync(space.path('bad'))).toEqual([]);
  });
});

describe('station files of two profiles', () => {
  const files = { cdm: '', cuon: '' };
  beforeAll(async () => {
    files.cdm = demoFile('igra2', '0-20000-0-99003');
    files.cuon = space.path('cuon.nc');
    await rewriteStation(files.cdm, files.cuon, { attributes: { '': { profile: 'cuon' } } });
  });

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
  it('is an input error that says where', async () => {
    const file = space.path('time.nc');
    const wrong = (row: number) => (values: NumericArray) => {
      values[row] = 2n ** 62n;
      return undefined;
    };
    await rewriteStation(demoFile('igra2', '0-20000-0-99003'), file, {
      values: { 'observations_table/date_time': wrong(4), 'profile_configuration/actual_time': wrong(1) },
    });
    for (const [form, field, where] of [
      ['long', 'date_time', 'row 4 of date_time of observations_table'],
      ['wide', 'date_time', 'row 4 of date_time of observations_table'],
      ['core', 'actual_time', 'row 1 of actual_time of profile_configuration'],
    ] as const) {
      const error = await exported([file], space.path('time.csv'), { form }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error, form).toBeInstanceOf(InputError);
      expect(error, form).toMatchObject({
        code: 'BAD_TIME',
        position: { file, field },
        message: expect.stringContaining(where),
      });
    }
    expect(readdirSync(space.folder).filter((name) => name.includes('time.csv'))).toEqual([]);
  });
});
