/** Station files of all sources: of the demo archives, and of the real samples where they are there. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sources } from '../../src/sources/registry.js';
import { writeDemoArchives } from '../support/demo/archive.js';
import { checkDataset, harvestCounts } from '../support/demo/check.js';
import type { DemoDataset } from '../support/demo/datasets.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { openStation, type StationView } from '../support/demo/station-view.js';
import { samplePath, samplesTitle, skipSamples } from '../support/samples.js';
import { walkCodes, walkFeedback, walkOrder, walkRecords, walkReferences, walkStationType } from './walk.js';

const folder = mkdtempSync(join(tmpdir(), 'output-sources-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WALKS = { walkCodes, walkFeedback, walkOrder, walkRecords, walkReferences, walkStationType };
const OTHERS = ['ncar', 'era5_1', 'era5_1759', 'era5_1761', 'era5_3188', 'bufr'];

/** Every variable with its type and dimensions; widths of texts are the stations' own. */
function schemaOf(station: StationView, leftOut: readonly string[] = []): string[] {
  return [station.root, ...station.tables.values()]
    .filter(({ name }) => !leftOut.includes(name))
    .flatMap((table) =>
      table.columns.map((name) => {
        const { type, shape } = table.schema(name);
        return `${table.name}/${name} ${type} ${shape.length}`;
      }),
    );
}

function walkAll(at: string): number {
  const names = readdirSync(at);
  for (const name of names) {
    const station = openStation(join(at, name));
    for (const [walk, run] of Object.entries(WALKS)) {
      const { faults, looked } = run(station);
      expect(faults, `${name}: ${walk}`).toEqual([]);
      expect(looked, `${name}: ${walk}`).toBeGreaterThan(0);
    }
    const { fields, rows, dropped } = harvestCounts(station);
    expect(rows + Object.values(dropped).reduce((sum, n) => sum + n, 0), name).toBe(fields);
    expect(rows, name).toBe(station.table('observations_table').rows);
    station.close();
  }
  return names.length;
}

describe('station files of the demo archives', () => {
  let datasets: DemoDataset[];
  beforeAll(async () => {
    const archive = join(folder, 'archive');
    ({ others: datasets } = await writeDemoArchives(archive));
    await harvestQuietly({ input: [join(archive, 'igra2')], output: folder, station: ['99001'] });
    for (const { id } of datasets) {
      const report = await harvestQuietly({ source: id, input: [join(archive, id)], output: folder });
      expect(report.stations.filter(({ state }) => state !== 'done')).toEqual([]);
      expect(report.unassigned.skipped).toEqual([]);
    }
  });

  it('are of every source', () => {
    expect([...datasets.map(({ id }) => id), 'igra2', 'era5_2'].sort()).toEqual([...sources.keys()].sort());
  });

  it.each(OTHERS)(
    '%s: every code, reference, record, order and feedback is right, and all is counted',
    (id) => {
      const dataset = datasets.find((one) => one.id === id);
      expect(checkDataset(join(folder, id), dataset ?? { id, files: [], expected: [] })).toEqual([]);
      expect(walkAll(join(folder, id))).toBeGreaterThan(1);
    },
  );

  it('of one station have the same groups, variables and types in every source; era5fb where there is feedback', () => {
    const file = (id: string): string => join(folder, id, `0-20000-0-99001_${id}_harvested.nc`);
    const station = openStation(file('igra2'));
    const schema = schemaOf(station);
    expect(schema.length).toBeGreaterThan(350);
    expect(station.tables.has('era5fb')).toBe(false);
    station.close();
    for (const id of OTHERS) {
      const other = openStation(file(id));
      expect(schemaOf(other, ['era5fb']), id).toEqual(schema);
      expect(other.tables.has('era5fb'), id).toBe(id.startsWith('era5'));
      expect(new Set(other.table('header_table').texts('primary_station_id')), id).toEqual(
        new Set(['0-20000-0-99001']),
      );
      other.close();
    }
  });

  it('of one launch have the same temperature at 500 hPa in every source', () => {
    const at500 = ['igra2', ...OTHERS].map((id) => {
      const station = openStation(join(folder, id, `0-20000-0-99001_${id}_harvested.nc`));
      const rows = station.table('observations_table');
      const [variable, z, value] = ['observed_variable', 'z_coordinate', 'observation_value'].map((name) =>
        rows.numbers(name),
      );
      const found = Array.from(value ?? []).filter((_, i) => variable?.[i] === 126 && z?.[i] === 50_000);
      station.close();
      return found.slice(-10);
    });
    const [first = [], ...others] = at500;
    expect(first).toHaveLength(10);
    for (const [i, other] of others.entries()) {
      expect(other, OTHERS[i]).toHaveLength(10);
      for (const [n, value] of other.entries())
        expect(value, OTHERS[i]).toBeCloseTo(first[n] ?? Number.NaN, 1);
    }
  });
});

describe.skipIf(skipSamples())(samplesTitle('station files of the real samples'), () => {
  const runs: [id: string, input: string, stations: number, reports: number][] = [
    ['ncar', 'ncar', 1, 7],
    ['era5_1', 'era5_odb/odc_example_landTEMP_20210618.odb', 7, 7],
    ['era5_1', 'era5_odb/text/era5.conv._27707.txt.gz', 1, 1],
    ['era5_3188', 'era5_odb/text/landTEMP_aligned_default.txt.gz', 7, 7],
    ['bufr', 'bufr/pilo_91.bufr', 17, 17],
    ['bufr', 'bufr/temp_106.bufr', 1, 1],
    ['bufr', 'bufr/IUSK73_AMMC_040000.bufr', 1, 1],
  ];
  it.each(runs)('%s: %s', async (id, input, stations, reports) => {
    const output = join(folder, 'samples', input.replaceAll('/', '-'));
    const report = await harvestQuietly({ source: id, input: [samplePath(input)], output });
    expect(report.stations.filter(({ state }) => state === 'done')).toHaveLength(stations);
    expect(report.stations.reduce((sum, station) => sum + station.reports, 0)).toBe(reports);
    expect(walkAll(join(output, id))).toBe(stations);
  });
});
