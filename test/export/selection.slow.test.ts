/** Selections without rows, and several stations in one table. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace } from '../cli/workspace.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { since1900 } from '../support/reading.js';
import { duck, exported, type Plain, readArrow, readParquet, stored } from './exports.js';

const space = createWorkspace();
let outputs = '';
beforeAll(async () => {
  outputs = join(await demoOutputs(), 'output');
});

const demoFile = (dataset: string, station: string): string =>
  join(outputs, dataset, `${station}_${dataset}_harvested.nc`);

const period = (from: string, to: string) => ({ from: since1900(from), to: since1900(to) });

describe('a selection', () => {
  it.each([
    ['parquet', 'long'],
    ['parquet', 'wide'],
    ['parquet', 'core'],
    ['arrow', 'long'],
    ['csv', 'wide'],
  ] as const)('without rows is a valid file with its columns: %s, %s', async (format, form) => {
    const file = demoFile('igra2', '0-20000-0-99003');
    const path = space.path(`none-${form}.${format}`);
    const [report] = await exported([file], path, {
      form,
      period: period('1850-01-01T00:00:00Z', '1851-01-01T00:00:00Z'),
    });
    expect(report).toMatchObject({ rows: 0, format });
    if (format === 'parquet') {
      const { columns, rows } = await readParquet(path);
      expect(rows).toBe(0);
      expect(Object.keys(columns)).toHaveLength(report?.columns ?? 0);
      expect(await duck(`select count(*) as n from '${path}'`)).toEqual({ n: [0n] });
    } else if (format === 'arrow')
      expect(Object.values(readArrow(path)).every(({ length }) => length === 0)).toBe(true);
    else
      expect(readFileSync(path, 'utf8')).toBe(
        'report_id,date_time,latitude,longitude,pressure,height,geometric_height,elapsed_time,level_significance,significance\n',
      );
  });
});

describe('several stations', () => {
  it('become one table, with columns that say which is which', async () => {
    const files = [
      demoFile('bufr', 'DEMO1'),
      demoFile('era5_1759', 'WBAN-99007'),
      demoFile('igra2', 'DEMO1'),
    ];
    const counts = files.map((file) => stored(file).report_id?.length ?? 0);
    const wanted = files.map((file) => stored(file));
    const each = (values: readonly string[]): Plain[] =>
      values.flatMap((value, i) => new Array<Plain>(counts[i] ?? 0).fill(value));
    const columns = ['report_id', 'primary_station_id', 'latitude', 'dataset', 'observation_value'];
    for (const format of ['parquet', 'arrow'] as const) {
      const path = space.path(`some.${format}`);
      const [report] = await exported(files, path, { columns });
      expect(report).toMatchObject({ stations: 3, rows: counts.reduce((a, b) => a + b) });
      const found = format === 'parquet' ? (await readParquet(path)).columns : readArrow(path);
      expect(Object.keys(found)).toEqual(columns);
      expect(found.dataset).toEqual(each(['bufr', 'era5_1759', 'igra2']));
      expect(found.primary_station_id).toEqual(each(['DEMO1', 'WBAN-99007', 'DEMO1']));
      for (const name of ['observation_value', 'report_id', 'latitude'])
        expect(found[name], name).toEqual(wanted.flatMap((file) => file[name]));
    }
    await exported(files, space.path('merged.parquet'));
    const names = Object.keys((await readParquet(space.path('merged.parquet'), false)).columns);
    expect(names.slice(0, 3)).toEqual(['dataset', 'primary_station_id', 'observation_id']);
    const { metadata } = await readParquet(space.path('merged.parquet'), false);
    expect(metadata.get('Conventions')).toBe('CF-1.10, ACDD-1.3');
    expect(metadata.has('source_files')).toBe(false);
  });

  it('have nothing in columns that only others have', async () => {
    const files = [demoFile('igra2', '0-20000-0-99003'), demoFile('era5_1', '0-20000-0-99004')];
    const path = space.path('feedback.parquet');
    // The first file has no feedback at all: nothing is in its rows.
    await exported(files, path, { feedback: true, columns: ['dataset', 'varno@body', 'tsfc@modsurf'] });
    const { columns } = await readParquet(path);
    expect(columns['varno@body']?.filter((value) => value !== null)).toEqual(
      stored(files[1] ?? '', 'era5fb')['varno@body'],
    );
    expect(columns['varno@body']?.slice(0, 168)).toEqual(new Array(168).fill(null));
  });

  it('have the columns of each other in wide form, empty where they lack them', async () => {
    const files = [demoFile('igra2', '0-20000-0-99003'), demoFile('era5_1', '0-20000-0-99004')];
    const path = space.path('wide.parquet');
    await exported(files, path, { form: 'wide' });
    const byStation = await duck(
      `select dataset, count(*)::int as levels, count(wind_speed)::int as wind, count(eastward_wind)::int as u from '${path}' group by all order by dataset`,
    );
    expect(byStation.dataset).toEqual(['era5_1', 'igra2']);
    expect(byStation.u?.[0]).toBeGreaterThan(0);
    expect(byStation.u?.[1]).toBe(0);
    expect(byStation.wind?.[1]).toBe(byStation.levels?.[1]);
  });

  it('in a folder become a file each, or one per table', async () => {
    const tables = ['header_table', 'source_configuration'];
    const each = await exported([join(outputs, 'bufr')], space.path('each/'), {
      tables,
      format: 'csv',
      gzip: true,
    });
    expect(each.map(({ path }) => path.slice(space.path('each').length + 1))).toEqual([
      ...['0-20000-0-99001', '0-20000-0-99002', 'DEMO1'].map((id) => `${id}_bufr_header_table.csv.gz`),
      ...['0-20000-0-99001', '0-20000-0-99002', 'DEMO1'].map(
        (id) => `${id}_bufr_source_configuration.csv.gz`,
      ),
    ]);
    const merged = await exported([join(outputs, 'bufr')], space.path('merged/'), { tables, merge: true });
    expect(merged.map(({ path, stations, rows }) => [path, stations, rows])).toEqual([
      [
        space.path('merged', 'header_table.parquet'),
        3,
        each.slice(0, 3).reduce((sum, { rows }) => sum + rows, 0),
      ],
      [space.path('merged', 'source_configuration.parquet'), 3, 3],
    ]);
    const { path = '' } = each[2] ?? {};
    expect(await duck(`select count(*)::int as n from read_csv('${path}')`)).toEqual({ n: [8] });
    expect(readdirSync(space.path('each')).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});
