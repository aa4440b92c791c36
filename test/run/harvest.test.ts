/** Runs in the process of the test: what the report says, order of input, period, years, and what ends a run. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sumOf } from '../../src/records/tally.js';
import {
  exitCodeOfRun,
  type RunReport,
  reportAsJson,
  skipsOf,
  totalTally,
} from '../../src/run/reports/report.js';
import { encodeIgra2, encodeStationList, type Igra2Sounding } from '../support/igra2-encoder.js';
import { createRandom } from '../support/random.js';
import { makeStation } from '../support/soundings.js';
import { harvestInto, harvestSoundings, readStationFile, sounding, temporaryFolder } from './station-file.js';

const folder = temporaryFolder();
const at = (iso: string): number => (Date.parse(iso) - Date.UTC(1900, 0, 1)) / 1000;

function write(name: string, soundings: readonly Igra2Sounding[]): string {
  writeFileSync(join(folder, name), encodeIgra2(soundings));
  return join(folder, name);
}

function expectAccounted(report: RunReport): void {
  const { fields, rows, dropped } = totalTally(report);
  expect(fields).toBe(rows + sumOf(dropped));
}

describe('input in any order', () => {
  it('gives the records of the sorted input', async () => {
    const soundings = makeStation(11, { soundings: 41, from: { year: 1999, month: 12, day: 20 } });
    const random = createRandom(3);
    const shuffled = [...soundings].sort(() => random.next() - 0.5);
    const sorted = await harvestSoundings(folder, 'sorted', soundings);
    const mixed = await harvestSoundings(folder, 'mixed', shuffled);
    for (const path of [
      'recordtimestamp',
      'recordindex',
      'recordsize',
      'observations_table/observation_id',
      'observations_table/observation_value',
      'observations_table/z_coordinate',
      'header_table/report_id',
    ])
      expect(mixed.file.variable(path).values, path).toEqual(sorted.file.variable(path).values);
    expect(mixed.report.stations[0]?.tally.noted).toEqual(sorted.report.stations[0]?.tally.noted);
    expect(readdirSync(join(folder, 'mixed', 'igra2'))).toEqual(readdirSync(join(folder, 'sorted', 'igra2')));
  });

  it('split by year, gives one file per year whose rows add up, also from an odd number of reports', async () => {
    const input = write(
      'years.txt',
      makeStation(12, { soundings: 41, from: { year: 1999, month: 12, day: 25 } }).reverse(),
    );
    const whole = await harvestInto(folder, [input], { output: join(folder, 'whole') });
    const split = await harvestInto(folder, [input], { output: join(folder, 'split'), splitByYear: true });
    const [station] = split.stations;
    expect(station?.files.map((path) => path.slice(-8))).toEqual(['_1999.nc', '_2000.nc']);
    expect(station?.tally).toMatchObject({ reports: 41, rows: totalTally(whole).rows });
    expect(station?.tally.noted).toEqual(totalTally(whole).noted);
    const years = (station?.files ?? []).map(readStationFile);
    const times = years.map((file) => file.numbers('recordtimestamp'));
    expect(times.flat()).toHaveLength(41);
    expect(Math.max(...(times[0] ?? []))).toBeLessThan(at('2000-01-01T00:00:00Z'));
    expect(Math.min(...(times[1] ?? []))).toBeGreaterThanOrEqual(at('2000-01-01T00:00:00Z'));
    expectAccounted(split);
  });
});

describe('files that overlap', () => {
  const days = [19, 20, 21, 22].map((day) => sounding({ day }));
  const other = sounding({ day: 21, latitude: 41.33 });

  it('give each sounding once; what another file repeats is counted', async () => {
    const all = write('all.txt', days);
    const recent = write('recent.txt', days.slice(2));
    const alone = await harvestInto(folder, [all], { output: join(folder, 'alone') });
    const both = await harvestInto(folder, [all, recent], { output: join(folder, 'both') });
    const [one, two] = [alone, both].map((report) => readStationFile(report.stations[0]?.files[0] ?? ''));
    for (const path of ['observations_table/observation_id', 'header_table/report_id'])
      expect(two?.texts(path), path).toEqual(one?.texts(path));
    expect(two?.numbers('recordsize')).toEqual([1, 1, 1, 1]);
    const tally = totalTally(both);
    expect(tally.noted.get('igra2.report.repeated')).toBe(2);
    expect(tally.dropped.get('igra2.row.repeated')).toBe(2);
    expect(tally.noted.has('igra2.report.shares-time')).toBe(false);
    expectAccounted(both);
  });

  it('are no different from one file that repeats a sounding', async () => {
    const twice = write('twice.txt', [...days, ...days.slice(1, 2)]);
    const report = await harvestInto(folder, [twice], { output: join(folder, 'twice') });
    const tally = totalTally(report);
    expect(tally.noted.get('igra2.report.repeated')).toBe(1);
    expect(tally.noted.has('igra2.report.shares-time')).toBe(false);
    expect(readStationFile(report.stations[0]?.files[0] ?? '').numbers('recordsize')).toEqual([1, 1, 1, 1]);
    expectAccounted(report);
  });

  it('keep two soundings of one time that differ, under ids that do not depend on the names of the files', async () => {
    const content = async (
      name: string,
      first: readonly Igra2Sounding[],
      second: readonly Igra2Sounding[],
    ) => {
      const inputs = [write(`${name}-1.txt`, first), write(`${name}-2.txt`, second)];
      const report = await harvestInto(folder, inputs, { output: join(folder, name) });
      expect(totalTally(report).noted.get('igra2.report.shares-time')).toBe(1);
      const file = readStationFile(report.stations[0]?.files[0] ?? '');
      return [file.texts('header_table/report_id'), file.numbers('header_table/latitude')];
    };
    const forth = await content('forth', days, [other]);
    expect(await content('back', [other], days)).toEqual(forth);
    expect(forth[0]?.filter((id) => String(id).includes('20190221'))).toHaveLength(2);
  });
});

describe('keyed on the nominal time', () => {
  it('a release at the synoptic hour is no launch-keyed record', async () => {
    const soundings = [sounding({ day: 20, release: 0 }), sounding({ day: 21, release: 15 })];
    const { file } = await harvestSoundings(folder, 'nominal', soundings, { recordTime: 'nominal' });
    expect(new Set(file.numbers('header_table/report_time_quality'))).toEqual(new Set([2]));
    expect(new Set(file.numbers('header_table/report_meaning_of_timestamp'))).toEqual(
      new Set([-2_147_483_648]),
    );
  });
});

describe('CF attributes', () => {
  it('name the one variable that identifies profiles, and every time', async () => {
    const { file } = await harvestSoundings(folder, 'roles', [sounding()]);
    const attribute = (path: string, name: string): unknown => file.variable(path).attributes[name];
    expect(attribute('header_table/report_id', 'cf_role')).toBe('profile_id');
    expect(attribute('observations_table/report_id', 'cf_role')).toBeUndefined();
    expect(attribute('recordsize', 'sample_dimension')).toBe('observation');
    for (const path of [
      'header_table/nominal_timestamp',
      'profile_configuration/actual_time',
      'recordtimestamp',
    ])
      expect(attribute(path, 'standard_name'), path).toBe('time');
  });
});

describe('the period', () => {
  it('is half open, and what lies outside is counted', async () => {
    const days = [19, 20, 21, 22].map((day) => sounding({ day }));
    const { file, report } = await harvestSoundings(folder, 'period', days, {
      from: at('2019-02-20T00:00:00Z'),
      to: at('2019-02-22T00:00:00Z'),
    });
    expect(file.numbers('recordtimestamp')).toEqual([at('2019-02-20T00:00:00Z'), at('2019-02-21T00:00:00Z')]);
    const tally = totalTally(report);
    expect(tally.noted.get('igra2.report.outside-period')).toBe(2);
    expect(tally.dropped.get('igra2.row.outside-period')).toBe(2);
    expectAccounted(report);
  });

  it('without a sounding in it leaves no file and is no error', async () => {
    const input = write('outside.txt', [sounding()]);
    const output = join(folder, 'outside');
    const report = await harvestInto(folder, [input], { output, from: at('2020-01-01T00:00:00Z') });
    expect(report.stations).toMatchObject([{ state: 'empty', files: [], first: null }]);
    expect(existsSync(join(output, 'igra2'))).toBe(false);
    expect(exitCodeOfRun(report)).toBe(0);
  });

  it('is of nominal times where these key the records', async () => {
    const { file } = await harvestSoundings(folder, 'nominal', [sounding({ release: 2330 })], {
      recordTime: 'nominal',
    });
    expect(file.numbers('recordtimestamp')).toEqual([at('2019-02-20T00:00:00Z')]);
    expect(file.numbers('profile_configuration/actual_time')).toEqual([at('2019-02-19T23:30:00Z')]);
  });
});

describe('the plan', () => {
  it('takes stations by their own id, WIGOS id and WMO number, and the inventory among the inputs', async () => {
    const a = write('a.txt', [sounding({ id: 'USM00072558' })]);
    const b = write('b.txt', [sounding({ id: 'GMM00010393' })]);
    const c = write('c.txt', [sounding({ id: 'ZZV0000SHIP' })]);
    const list = join(folder, 'igra2-station-list.txt');
    const entry = {
      latitude: 41.32,
      longitude: -96.37,
      elevation: 352.3,
      firstYear: 1997,
      lastYear: 2024,
      soundings: 9,
    };
    writeFileSync(list, encodeStationList([{ id: 'USM00072558', name: 'OMAHA/VALLEY', ...entry }]));
    const names = ['ZZV0000SHIP', '10393', '0-20000-0-72558'];
    for (const name of names) {
      const report = await harvestInto(folder, [a, b, c], { station: [name], dryRun: true });
      expect(report.stations).toHaveLength(1);
    }
    const report = await harvestInto(folder, [list, c, b, a], {
      station: names,
      output: join(folder, 'plan'),
    });
    expect(report.stations.map((s) => s.station)).toEqual(['GMM00010393', 'USM00072558', 'ZZV0000SHIP']);
    const file = readStationFile(report.stations[1]?.files[0] ?? '');
    expect(file.texts('station_configuration/station_name')).toEqual(['OMAHA/VALLEY']);
    expect(file.numbers('header_table/height_of_station_above_sea_level')).toEqual([Math.fround(352.3)]);
    expect(file.attributes.title).toContain('OMAHA/VALLEY (0-20000-0-72558)');
    await expect(harvestInto(folder, [a], { station: ['nope'] })).rejects.toMatchObject({
      code: 'UNKNOWN_STATION',
    });
  });

  it('fails two stations that would write one file, and harvests the others', async () => {
    const inputs = ['GMM00010393', 'USM00010393', 'USM00072558'].map((id) =>
      write(`${id}.txt`, [sounding({ id })]),
    );
    const report = await harvestInto(folder, inputs);
    expect(report.stations).toMatchObject([
      { station: 'GMM00010393', state: 'failed', error: { code: 'SAME_PRIMARY_ID' } },
      { station: 'USM00010393', state: 'failed', error: { code: 'SAME_PRIMARY_ID' } },
      { station: 'USM00072558', state: 'done' },
    ]);
    expect(exitCodeOfRun(report)).toBe(3);
    expect(exitCodeOfRun(await harvestInto(folder, inputs.slice(0, 2)))).toBe(2);
  });
});

describe('the report', () => {
  it('as JSON says what became of every input, and adds up', async () => {
    const good = write('good.txt', [sounding(), sounding({ day: 21 })]);
    const bad = join(folder, 'bad.txt');
    writeFileSync(bad, 'nothing of the kind');
    const report = await harvestInto(folder, [good, bad], { output: join(folder, 'json') });
    const json = JSON.parse(JSON.stringify(reportAsJson(report)));
    expect(json).toMatchObject({
      dataset: 'igra2',
      tables: { name: 'bundled' },
      dry_run: false,
      stations: [
        {
          state: 'done',
          primary_station_id: '0-20000-0-72558',
          first: '2019-02-20T00:00:00Z',
          last: '2019-02-21T00:00:00Z',
        },
      ],
      refused: [{ path: bad, error: { code: 'WRONG_FORMAT', file: bad } }],
      totals: { reports: 2, levels: 2, fields: 12, rows: 2, skipped: 0 },
    });
    expect(json.refused[0].error.hint).toMatch(/\.$/);
    expect(exitCodeOfRun(report)).toBe(3);
    expect(skipsOf(report)).toEqual([]);
  });

  it('of nothing usable leads to the exit code of the first error', async () => {
    const bad = join(folder, 'bad2.txt');
    writeFileSync(bad, 'nothing of the kind');
    expect(exitCodeOfRun(await harvestInto(folder, [bad]))).toBe(5);
  });

  it('counts more reports at one time than ids can tell apart as a failed station, and leaves no file', async () => {
    const input = write(
      'many.txt',
      Array.from({ length: 101 }, (_, i) => sounding({ latitude: 41 + i / 1000 })),
    );
    const output = join(folder, 'many');
    const report = await harvestInto(folder, [input], { output });
    expect(report.stations).toMatchObject([{ state: 'failed', error: { code: 'TOO_MANY_REPORTS' } }]);
    expect(existsSync(join(output, 'igra2'))).toBe(false);
    expect(exitCodeOfRun(report)).toBe(5);
  });

  it('is not made where the run is aborted', async () => {
    const input = write('abort.txt', makeStation(3, { soundings: 30 }));
    const output = join(folder, 'abort');
    const reason = new Error('stop');
    await expect(harvestInto(folder, [input], { output, signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    expect(existsSync(join(output, 'igra2'))).toBe(false);
  });
});
