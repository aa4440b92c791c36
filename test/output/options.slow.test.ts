/** What the options of the command line do to the station files: same bytes, years, periods, record times, stations. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDemoArchive } from '../support/demo/archive.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { type StationView, withStation } from '../support/demo/station-view.js';
import { valuesOf } from './columns.js';
import { walkOrder, walkRecords, walkReferences } from './walk.js';

const folder = mkdtempSync(join(tmpdir(), 'output-options-'));
const archive = join(folder, 'archive');
const project = fileURLToPath(new URL('../../', import.meta.url));
beforeAll(() => {
  writeDemoArchive(archive);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command line from its source, so that what is tested is what is there. */
function harvestCli(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const command = [
    '--import',
    'tsx',
    'src/cli/index.ts',
    '--source',
    'igra2',
    '--tables',
    'bundled',
    ...words,
  ];
  return spawnSync(process.execPath, command, {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, SOURCE_DATE_EPOCH: '1577836800', ...env },
  });
}

/** Name and hash of every file in a folder. */
function hashes(at: string): Record<string, string> {
  const names = readdirSync(at).sort();
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(at, name)))
        .digest('hex'),
    ]),
  );
}

const seconds = (iso: string): number => (Date.parse(iso) - Date.UTC(1900, 0, 1)) / 1000;

const yearOf = (time: number): number => new Date(time * 1000 + Date.UTC(1900, 0, 1)).getUTCFullYear();

async function harvestOne(
  run: string,
  options: Partial<Parameters<typeof harvestQuietly>[0]>,
): Promise<string[]> {
  const report = await harvestQuietly({ input: [archive], output: join(folder, run), ...options });
  return report.stations.flatMap((station) => station.files);
}

describe('the same inputs give the same bytes', () => {
  it('the same command twice, the second time in another time zone and language', () => {
    const output = join(folder, 'bytes');
    const harvestWith = (env: Record<string, string>): Record<string, string> => {
      rmSync(output, { recursive: true, force: true });
      const { status, stderr } = harvestCli(['--input', archive, '--output', output, '--quiet'], env);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      return hashes(join(output, 'igra2'));
    };
    const first = harvestWith({ TZ: 'UTC', LANG: 'C' });
    expect(Object.keys(first)).toHaveLength(8);
    expect(harvestWith({ TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' })).toEqual(first);
  });

  it('the archive of the demo is the same each time', () => {
    const before = hashes(archive);
    writeDemoArchive(join(folder, 'again'));
    expect(hashes(join(folder, 'again'))).toEqual(before);
    expect(Object.keys(before)).toHaveLength(10);
  });
});

describe('--dry-run and --json', () => {
  it('a dry run writes nothing and counts the same', () => {
    const output = join(folder, 'dry');
    const dry = harvestCli([
      '--input',
      archive,
      '--output',
      output,
      '--dry-run',
      '--json',
      '--station',
      '99005',
    ]);
    expect({ status: dry.status, stderr: dry.stderr }).toEqual({ status: 0, stderr: '' });
    expect(existsSync(output)).toBe(false);
    const report = JSON.parse(dry.stdout);
    expect(report).toMatchObject({ dataset: 'igra2', dry_run: true, refused: [], warnings: [] });
    expect(report.stations).toHaveLength(1);
    expect(report.stations[0]).toMatchObject({
      station: 'XXM00099005',
      primary_station_id: '0-20000-0-99005',
      files: [],
    });
    const { counts } = report.stations[0];
    expect(counts.reports).toBe(9);
    const dropped = Object.values<number>(counts.dropped).reduce((sum, n) => sum + n, 0);
    expect(counts.rows + dropped).toBe(counts.fields);
  });
});

describe('--split year', () => {
  it('the files of the years hold the rows of the one file', async () => {
    const [whole = ''] = await harvestOne('whole', { station: ['99001'] });
    const parts = await harvestOne('years', { station: ['99001'], splitByYear: true });
    expect(parts.map((path) => basename(path))).toEqual(
      [2019, 2020].map((year) => `0-20000-0-99001_igra2_harvested_${year}.nc`),
    );
    const tables = ['observations_table', 'header_table', 'profile_configuration'];
    const joined = new Map<string, unknown[]>();
    for (const path of parts) {
      withStation(path, (station) => {
        for (const walk of [walkOrder, walkRecords, walkReferences])
          expect(walk(station).faults, basename(path)).toEqual([]);
        // The sounding of 1 January 00 UTC was launched in the old year, and is in the file of the old year.
        const years = station.table('header_table').numbers('report_timestamp');
        expect(new Set(Array.from(years, yearOf)).size, basename(path)).toBe(1);
        for (const [column, values] of columnsOf(station, tables)) {
          const before = joined.get(column) ?? [];
          for (const value of values) before.push(value);
          joined.set(column, before);
        }
      });
    }
    withStation(whole, (station) => {
      expect(station.table('header_table').rows).toBe(30);
      for (const [column, values] of columnsOf(station, tables)) {
        const found = joined.get(column) ?? [];
        expect(found.length, column).toBe(values.length);
        expect(
          found.findIndex((value, i) => !Object.is(value, values[i])),
          column,
        ).toBe(-1);
      }
    });
  });

  function columnsOf(
    station: StationView,
    tables: readonly string[],
  ): [string, ArrayLike<unknown> & Iterable<unknown>][] {
    return tables.flatMap((name) => {
      const table = station.table(name);
      return table.columns.map((column): [string, Float64Array | string[]] => [
        `${name}/${column}`,
        valuesOf(table, column),
      ]);
    });
  }
});

describe('which times', () => {
  it('--record-time nominal keys on the synoptic time and keeps the launch time', async () => {
    const [path = ''] = await harvestOne('nominal', { station: ['99001'], recordTime: 'nominal' });
    withStation(path, (station) => {
      const header = station.table('header_table');
      const times = header.numbers('report_timestamp');
      expect(Array.from(times)).toEqual(
        Array.from({ length: 30 }, (_, i) => seconds('2019-12-25T00:00:00Z') + i * 43_200),
      );
      expect(header.numbers('nominal_timestamp')).toEqual(times);
      expect(header.numbers('report_meaning_of_timestamp').every(Number.isNaN)).toBe(true);
      const launches = station.table('profile_configuration').numbers('actual_time');
      expect(launches.every((launch, i) => launch < (times[i] ?? 0) && launch > (times[i] ?? 0) - 7200)).toBe(
        true,
      );
      expect(walkRecords(station).faults).toEqual([]);
      expect(station.attributes.record_time).toBe('nominal');
    });
  });

  it('--from and --to keep the launches between them, and count the others', async () => {
    const period = { from: seconds('2020-01-01T00:00:00Z'), to: seconds('2020-01-03T00:00:00Z') };
    const [path = ''] = await harvestOne('period', { station: ['99001'], ...period });
    withStation(path, (station) => {
      const nominal = station.table('header_table').numbers('nominal_timestamp');
      // 1 January 00 UTC was launched in the old year, 3 January 00 UTC before the end of the period.
      expect(Array.from(nominal)).toEqual(
        ['2020-01-01T12', '2020-01-02T00', '2020-01-02T12', '2020-01-03T00'].map((hour) =>
          seconds(`${hour}:00:00Z`),
        ),
      );
      const counts = JSON.parse(String(station.attributes.harvest_counts));
      expect(counts.noted['igra2.report.outside-period']).toBe(26);
      expect(counts.dropped['igra2.row.outside-period']).toBeGreaterThan(10_000);
      expect(walkRecords(station).faults).toEqual([]);
    });
  });

  it('a period on the command line includes its last day', () => {
    const words = ['--input', archive, '--output', join(folder, 'days'), '--station', '99001', '--json'];
    const { status, stdout } = harvestCli([...words, '--from', '2020-01-01', '--to', '2020-01-02']);
    expect(status).toBe(0);
    const [station] = JSON.parse(stdout).stations;
    expect(station.first.slice(0, 13)).toBe('2020-01-01T10');
    expect(station.last.slice(0, 13)).toBe('2020-01-02T23');
  });

  it('oddities have the times that the rules give', async () => {
    const [path = ''] = await harvestOne('odd', { station: ['99005'] });
    withStation(path, (station) => {
      const times = Array.from(station.table('header_table').numbers('report_timestamp'));
      expect(times).toEqual(
        [
          '1948-03-01T22:00:00Z',
          // Neither hour nor release: local midday at 179.9 degrees east is next to midnight UTC.
          new Date(Date.UTC(1948, 2, 3, 12) - Math.round((179.9 / 15) * 3600) * 1000).toISOString(),
          '1998-12-31T23:30:00Z',
          '1999-01-01T23:40:00Z',
          '1999-01-04T00:30:00Z',
          '1999-01-05T11:00:00Z',
          '1999-01-06T11:30:00Z',
          '1999-01-06T11:30:00Z',
          '1999-01-07T00:00:00Z',
        ].map(seconds),
      );
      const counts = JSON.parse(String(station.attributes.harvest_counts));
      expect(counts.dropped).toMatchObject({
        'igra2.row.exact-duplicate': 6,
        'igra2.wind_speed.qa-removed': 1,
      });
      expect(counts.noted).toMatchObject({
        'igra2.time.launch-day-moved': 3,
        'igra2.time.missing-set-to-local-midday': 1,
      });
    });
  });
});

describe('which stations', () => {
  it.each(['XXM00099003', '0-20000-0-99003', '99003'])('--station %s', async (name) => {
    const files = await harvestOne(`station-${name}`, { station: [name] });
    expect(files.map((path) => basename(path))).toEqual(['0-20000-0-99003_igra2_harvested.nc']);
  });

  it('an unknown station is an error that names what there is', async () => {
    await expect(harvestOne('unknown', { station: ['99999'] })).rejects.toMatchObject({
      code: 'UNKNOWN_STATION',
    });
    expect(existsSync(join(folder, 'unknown', 'igra2'))).toBe(false);
  });
});
