/** Exports equal the station file value by value, as h5wasm reads it, in every format and as every reader sees it. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tableFromIPC } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace } from '../cli/workspace.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { samplePath, samplesTitle, skipSamples } from '../support/samples.js';
import { duck, exported, firstDifference, readArrow, readCsv, readParquet, stored } from './exports.js';

const CHECK = fileURLToPath(new URL('csv_check.py', import.meta.url));
const space = createWorkspace();
let demo = '';
beforeAll(async () => {
  demo = await demoOutputs();
});

function demoFile(dataset: string, start: string): string {
  const folder = join(demo, 'output', dataset);
  return join(folder, readdirSync(folder).find((name) => name.startsWith(start)) ?? '');
}

describe.each([
  ['era5_1', '0-20000-0-99004'],
  ['bufr', 'DEMO1'],
])('observations_table of %s', (dataset, station) => {
  it('is the same in Parquet, for hyparquet and for DuckDB', async () => {
    const file = demoFile(dataset, station);
    const path = space.path(`${dataset}.parquet`);
    const [report] = await exported([file], path);
    const wanted = stored(file);
    const { columns, rows } = await readParquet(path);
    expect(rows).toBe(report?.rows);
    expect(firstDifference(columns, wanted)).toBeNull();
    expect(firstDifference(await duck(`from '${path}'`), wanted)).toBeNull();
  });

  it('is the same in Arrow', async () => {
    const file = demoFile(dataset, station);
    const path = space.path(`${dataset}.arrow`);
    await exported([file], path);
    expect(firstDifference(readArrow(path), stored(file))).toBeNull();
  });

  it('is the same in CSV', async () => {
    const file = demoFile(dataset, station);
    const path = space.path(`${dataset}.csv`);
    await exported([file], path);
    expect(firstDifference(readCsv(path), stored(file))).toBeNull();
  });
});

describe('CSV in pandas', () => {
  const PYTHON = '/usr/bin/python3';
  const isMissing = spawnSync(PYTHON, ['-c', 'import pandas, netCDF4']).status !== 0;

  it.skipIf(isMissing && process.env.CI !== 'true')(
    `equals what netCDF4 reads (${isMissing ? 'one of them is missing' : 'both are there'})`,
    async () => {
      const file = demoFile('era5_1', '0-20000-0-99004');
      const tables = ['observations_table', 'era5fb', 'header_table'];
      const report = await exported([file], space.path('csv/'), { tables, format: 'csv' });
      const words = report.flatMap(({ table, path }) => [table, path]);
      const { stdout, stderr } = spawnSync(PYTHON, [CHECK, file, ...words]);
      const sizes = report.map(({ rows, columns }) => `${rows} ${columns}\n`);
      expect([stdout.toString(), stderr.toString()]).toEqual([sizes.join(''), '']);
    },
  );
});

describe('all tables of a file', () => {
  it('are the same in Parquet', async () => {
    const file = demoFile('era5_1', '0-20000-0-99004');
    const tables = ['header_table', 'profile_configuration', 'station_configuration', 'source_configuration'];
    const all = [...tables, 'sensor_configuration', 'era5fb', 'units', 'observed_variable', 'crs'];
    const report = await exported([file], space.path('all/'), { tables: all });
    expect(report.map(({ table }) => table)).toEqual(all);
    for (const { path, table } of report)
      expect(firstDifference((await readParquet(path)).columns, stored(file, table)), table).toBeNull();
  });
});

describe.skipIf(skipSamples())(samplesTitle('the Vienna sample'), () => {
  it('equals observations_table value by value, with types and units', async () => {
    const output = space.path('samples');
    const input = [samplePath('igra2/AUM00011035-data.txt.gz')];
    const harvest = await harvestQuietly({ input, output });
    const file = harvest.stations[0]?.files[0] ?? '';
    const path = space.path('vienna.parquet');
    await exported([file], path);
    const wanted = stored(file);
    expect(wanted.observation_value?.length).toBe(85_491);
    expect(firstDifference(await duck(`from '${path}'`), wanted)).toBeNull();
    const { metadata } = await readParquet(path, false);
    const types = await duck(`describe from '${path}'`);
    const typeOf = (name: string) => types.column_type?.[types.column_name?.indexOf(name) ?? -1];
    expect(
      [
        'observation_id',
        'date_time',
        'observed_variable',
        'observation_value',
        'latitude',
        'z_coordinate',
      ].map(typeOf),
    ).toEqual(['VARCHAR', 'TIMESTAMP WITH TIME ZONE', 'INTEGER', 'FLOAT', 'DOUBLE', 'FLOAT']);
    const schema = tableFromIPC(Buffer.from(metadata.get('ARROW:schema') ?? '', 'base64')).schema;
    const about = (name: string) =>
      Object.fromEntries(schema.fields.find((field) => field.name === name)?.metadata ?? []);
    expect(about('longitude')).toEqual({ units: 'degrees_east', standard_name: 'longitude' });
    expect(about('elapsed_time')).toMatchObject({
      units: 's',
      description: 'Time since launch (s), where the source has it',
    });
    expect(about('units')).toEqual({ external_table: 'units:units' });
    expect(about('quality_flag')).toMatchObject({ external_table: 'quality_flag:flag' });
    expect(metadata.get('primary_station_id')).toBe('0-20000-0-11035');
    expect(JSON.parse(metadata.get('harvest_counts') ?? '{}')).toMatchObject({ rows: 85_491 });
    expect(JSON.parse(metadata.get('columns') ?? '[]')).toHaveLength(Object.keys(wanted).length);
  });
});
