import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openInput } from '../../../src/fetch/members.js';
import { ncar } from '../../../src/sources/uadb/index.js';
import { GOLDEN_UADB, type GoldenUadbLevel } from '../../golden/uadb.js';
import { listStations } from '../../support/reading.js';
import { samplePath, samplesTitle, skipSamples } from '../../support/samples.js';
import {
  counted,
  isAccountedFor,
  type Reading,
  type Row,
  readStation,
  since1900,
} from '../../support/uadb-reading.js';

const PATH = 'ncar/uadb_trhc_82930.excerpt.txt';

let known: Promise<Reading> | undefined;
function sample(): Promise<Reading> {
  known ??= openInput(samplePath(PATH)).then((input) => readStation('82930', [input]));
  return known;
}

/** The rows of a level that has this vertical coordinate and these values. */
function expectedRows(level: GoldenUadbLevel): Partial<Row>[] {
  const rows: [variable: number, value: number | undefined][] = [
    [106, level.windDirection],
    [107, level.windSpeed],
    [117, level.height],
    [126, level.temperature],
    [138, level.relativeHumidity],
  ];
  return rows.flatMap(([variable, value]) =>
    value === undefined
      ? []
      : [{ variable, value, z: level.z, zType: level.zType, elapsed: Number.NaN, quality: 2 }],
  );
}

describe.skipIf(skipSamples())(samplesTitle('the real file'), () => {
  it('is recognised and listed as WMO station 82930', async () => {
    const { stations, tally } = await listStations(ncar, [await openInput(samplePath(PATH))]);
    expect(stations.map(({ id }) => id)).toEqual(['82930']);
    expect(ncar.identify('82930').primaryId).toBe('0-20000-0-82930');
    expect(tally.skipped).toEqual([]);
  });

  it('has 7 reports with 130 levels, every field accounted for, the last report among them', async () => {
    const reading = await sample();
    expect(reading.tally).toMatchObject({ reports: 7, levels: 130, fields: 650, skipped: [] });
    expect(isAccountedFor(reading)).toBe(true);
    expect(reading.reports.map(({ nominal }) => nominal)).toEqual(
      [
        '1969-10-04T12:00Z',
        '1971-02-13T12:00Z',
        '1971-10-21T11:00Z',
        '1978-10-12T11:00Z',
        '1978-10-13T12:00Z',
        '1978-10-14T12:00Z',
        '1978-10-17T11:00Z',
      ].map(since1900),
    );
    expect(reading.reports.every(({ timeQuality }) => timeQuality === 1)).toBe(true);
  });

  it('counts agree with counting the lines by pattern', async () => {
    const reading = await sample();
    const lines = readFileSync(samplePath(PATH), 'latin1').split('\n');
    const levels = lines.filter((line) => /^ {3}\d/.test(line));
    expect(levels).toHaveLength(130);
    const matching = (pattern: RegExp): number => levels.filter((line) => pattern.test(line)).length;
    const rows = (variable: number): number => reading.rows.filter((row) => row.variable === variable).length;
    expect(rows(106)).toBe(matching(/^.{37}(?! *-999)/));
    expect(rows(107)).toBe(matching(/^.{44}(?! *-999)/));
    expect(rows(117)).toBe(matching(/^.{5}(?!-99999\.0).{9}(?!-99999)/));
    // One temperature stands on a level without coordinate.
    expect(rows(126)).toBe(matching(/^.{23}(?!-999\.0)/) - 1);
    expect(rows(138)).toBe(matching(/^.{30}(?!-999\.0)/));
    for (const type of [1, 2, 3, 4, 5, 7])
      expect(counted(reading, `level.type-${type}`)).toBe(matching(new RegExp(`^ {3}${type}`)));
    expect(counted(reading, 'pressure.missing')).toBe(matching(/^.{5}(?:-99999\.0| {2}9999\.9)/));
    expect(counted(reading, 'geopotential_height.used-as-coordinate')).toBe(matching(/^.{5}-99999\.0/));
    expect(counted(reading, 'wind_speed.may-be-knots')).toBe(matching(/^ {3}[27].{40} +(?!0\.0)\d+\.\d$/));
    // The one level with pressure 9999.9 has no height either.
    expect(counted(reading, 'air_temperature.no-coordinate')).toBe(1);
    expect(counted(reading, 'level-type-4.duplicate')).toBe(0);
  });

  it('levels of type 1 and 7 are there, beside those of other types on the same pressure', async () => {
    const { rows } = await sample();
    const at = (z: number, variable: number): number[] =>
      rows
        .filter((row) => row.report === 3 && row.z === z && row.variable === variable)
        .map(({ value }) => value);
    //    3    110.0 -99999.0  -76.1 -999.0   -999 -999.0
    //    7    110.0 -99999.0  -76.1 -999.0    250    8.2
    //    5    110.0 -99999.0 -999.0 -999.0    250    4.2
    expect(at(11_000, 126)).toEqual([-76.1, -76.1]);
    expect(at(11_000, 106)).toEqual([250, 250]);
    expect(at(11_000, 107)).toEqual([8.2, 4.2]);
    expect(rows.filter((row) => row.report === 1 && row.z === 97_100)).toHaveLength(3);
  });

  it.each(GOLDEN_UADB)('report $report, as read off by eye', async (golden) => {
    const { reports, rows } = await sample();
    const { latitude, longitude, elevation, number } = golden;
    const report = reports[golden.report - 1];
    expect(report).toMatchObject({ latitude, longitude, elevation, number, launch: Number.NaN });
    expect(report?.nominal).toBe(since1900(golden.nominal));
    for (const level of golden.expected) {
      const found = rows
        .filter(
          ({ report: n, z, zType }) => n === golden.report - 1 && z === level.z && zType === level.zType,
        )
        .map(({ report: _, ...row }) => ({
          ...row,
          value: row.variable === 126 ? Number((row.value + 273.15).toFixed(6)) : row.value,
        }));
      expect(found).toEqual(expectedRows(level));
    }
  });

  it.each([
    ['igra2/USM00072558-20250308.txt', 'IGRA 2 soundings'],
    ['igra2/negative/igra-v1-07139.dat', 'an IGRA version 1 file'],
    ['bufr/temp_10.bufr', 'a BUFR file'],
    ['era5_odb/small_odb.odb', 'an ODB-2 file'],
    ['era5_odb/text/era5.conv._27707.txt.gz', 'an ODB text export'],
    ['grib/ens_50.grib', 'a GRIB file'],
  ])('%s is refused and named', async (file, saw) => {
    const path = samplePath(file);
    await expect(listStations(ncar, [await openInput(path)])).rejects.toMatchObject({
      code: 'WRONG_FORMAT',
      message: `${path}: expected UADB soundings, found ${saw}`,
    });
  });
});
