/** Every code and every reference of every station file: of the demo, and of the real samples where they are there. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDemoArchive } from '../support/demo/archive.js';
import { checkDemoOutput } from '../support/demo/check.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { openStation, type StationView, type TableView } from '../support/demo/station-view.js';
import type { DemoStation } from '../support/demo/stations.js';
import { samplePath, samplesTitle, skipSamples } from '../support/samples.js';
import {
  type Finding,
  walkCodes,
  walkCounts,
  walkOrder,
  walkRecords,
  walkReferences,
  walkStationType,
} from './walk.js';

const folder = mkdtempSync(join(tmpdir(), 'output-walk-'));
const archive = join(folder, 'archive');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The parts of the walk, and how much each must look at in a file with `rows` rows. */
const PARTS: readonly (readonly [string, (station: StationView) => Finding, (rows: number) => number])[] = [
  ['every code is in its table', walkCodes, () => 25],
  ['every reference resolves, ids are unique', walkReferences, (rows) => 3 * rows],
  ['the record index covers the rows', walkRecords, (rows) => rows],
  ['rows are in order', walkOrder, (rows) => rows - 1],
  ['all is counted', walkCounts, (rows) => 2 * rows],
  ['station types', walkStationType, () => 2],
];

/** Type and shape of every variable, but for the number of rows and the width of texts; row dimensions of the data tables. */
function schemaOf(station: StationView): string[] {
  return [station.root, ...station.tables.values()].flatMap((table) =>
    table.columns.map((name) => {
      const { type, shape } = table.schema(name);
      return `${table.name}/${name} ${type} ${shape.length}`;
    }),
  );
}

function walkFiles(run: string, minimum: number): void {
  const files = new Map<string, StationView>();
  beforeAll(() => {
    const at = join(folder, run, 'igra2');
    for (const name of readdirSync(at)) files.set(name, openStation(join(at, name)));
  });
  afterAll(() => {
    for (const station of files.values()) station.close();
  });

  it.each(PARTS)('%s', (_title, walk, atLeast) => {
    expect(files.size).toBeGreaterThanOrEqual(minimum);
    for (const [name, station] of files) {
      const { faults, looked } = walk(station);
      expect(faults, name).toEqual([]);
      expect(looked, name).toBeGreaterThanOrEqual(atLeast(station.table('observations_table').rows));
    }
  });

  it('rows have the dimension of their table', () => {
    for (const [name, { root, table }] of files) {
      const dimension = (of: TableView, column: string): string | undefined =>
        of.schema(column).dimensions[0];
      for (const column of root.columns) expect(dimension(root, column), name).toBe('record');
      for (const column of ['observation_id', 'units', 'sensor_id'])
        expect(dimension(table('observations_table'), column), name).toBe('observation');
      expect(dimension(table('header_table'), 'report_id'), name).toBe('report');
      for (const other of ['station_configuration', 'units'])
        expect(dimension(table(other), table(other).columns[0] ?? ''), name).toBe('row');
    }
  });

  it('all files have the same groups, variables and types', () => {
    const [first, ...others] = [...files.values()].map(schemaOf);
    expect(first?.length).toBeGreaterThan(350);
    for (const other of others) expect(other).toEqual(first);
  });
}

describe('station files of the demo', () => {
  let stations: DemoStation[];
  beforeAll(async () => {
    stations = writeDemoArchive(archive);
    await harvestQuietly({ input: [archive], output: join(folder, 'demo') });
  });
  walkFiles('demo', 8);

  it('hold what went in', () => {
    expect(stations.length).toBe(8);
    expect(checkDemoOutput(join(folder, 'demo', 'igra2'), stations)).toEqual([]);
  });

  it('the check of the demo notices what is missing or different', () => {
    const [first] = stations;
    if (first === undefined) throw new Error('no station');
    const at = join(folder, 'demo', 'igra2');
    expect(checkDemoOutput(at, [{ ...first, soundings: first.soundings.slice(1) }]).length).toBeGreaterThan(
      3,
    );
    expect(checkDemoOutput(at, [{ ...first, primaryId: 'nowhere' }])).toHaveLength(1);
  });

  it('two soundings at one time are two reports in one record', () => {
    const station = openStation(join(folder, 'demo/igra2/0-20000-0-99005_igra2_harvested.nc'));
    const header = station.table('header_table');
    const times = header.numbers('report_timestamp');
    const shared = header
      .texts('report_id')
      .filter((_, i) => times.indexOf(times[i] ?? 0) !== times.lastIndexOf(times[i] ?? 0));
    expect(shared).toEqual(['igra2-XXM00099005-19990106113000-00', 'igra2-XXM00099005-19990106113000-01']);
    expect(station.root.numbers('recordtimestamp').length).toBe(header.rows - 1);
    station.close();
  });

  it('a ship has a position per report, and a station record for each', () => {
    const station = openStation(join(folder, 'demo/igra2/DEMO1_igra2_harvested.nc'));
    const header = station.table('header_table');
    const unknown = Number.NaN;
    expect(Array.from(header.numbers('latitude'))).toEqual([
      35,
      35.25,
      35.5,
      35.75,
      36,
      unknown,
      36.5,
      36.75,
    ]);
    expect(Array.from(header.numbers('longitude'))).toEqual([
      178.5,
      179,
      179.5,
      180,
      -179.5,
      unknown,
      -178.5,
      -178,
    ]);
    expect(Array.from(header.numbers('station_record_number'))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(Array.from(station.table('station_configuration').numbers('latitude'))).toEqual(
      Array.from(header.numbers('latitude')),
    );
    expect(header.texts('primary_station_id')).toEqual(Array(8).fill('DEMO1'));
    station.close();
  });
});

describe.skipIf(skipSamples())(samplesTitle('station files of the real samples'), () => {
  beforeAll(async () => {
    await harvestQuietly({ input: [samplePath('igra2')], output: join(folder, 'samples') });
  });
  walkFiles('samples', 6);
});

describe('the walk itself', () => {
  beforeAll(async () => {
    writeDemoArchive(archive);
    await harvestQuietly({
      input: [archive],
      output: join(folder, 'cuon'),
      profile: 'cuon',
      station: ['99001'],
    });
  });

  it('finds a code that is in no table', () => {
    const station = openStation(join(folder, 'cuon/igra2/0-20000-0-99001_igra2_harvested.nc'));
    // The reference's unit of a humidity as a fraction is in no table: the one fault that this profile has on purpose.
    expect(walkCodes(station).faults).toEqual(['observations_table/units: 0 is not in units:units']);
    station.close();
  });

  /** The station with one number of one column changed. */
  function altered(
    station: StationView,
    table: string,
    column: string,
    row: number,
    value: number,
  ): StationView {
    const change = (view: TableView): TableView => ({
      ...view,
      numbers: (name) =>
        name === column ? view.numbers(name).map((x, i) => (i === row ? value : x)) : view.numbers(name),
    });
    return {
      ...station,
      root: table === '' ? change(station.root) : station.root,
      table: (name) => (name === table ? change(station.table(name)) : station.table(name)),
    };
  }

  it.each([
    [walkRecords, '', 'recordindex', 3],
    [walkRecords, '', 'recordsize', 0],
    [walkRecords, 'observations_table', 'date_time', 5],
    [walkReferences, 'header_table', 'station_record_number', 2],
    [walkOrder, 'observations_table', 'z_coordinate', 7],
    [walkOrder, 'observations_table', 'observed_variable', 0],
    [walkCounts, 'observations_table', 'advanced_feedback', 9],
    [walkStationType, 'header_table', 'station_type', 1],
    [walkStationType, 'station_configuration', 'station_type', 0],
  ])('%s notices a wrong number in %s/%s', async (walk, table, column, row) => {
    const station = openStation(join(folder, 'cuon/igra2/0-20000-0-99001_igra2_harvested.nc'));
    expect(walk(station).faults).toEqual([]);
    expect(walk(altered(station, table, column, row, 123_456)).faults).not.toEqual([]);
    station.close();
  });
});
