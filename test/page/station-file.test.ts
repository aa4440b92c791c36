/** Station files that no harvest makes: odd times, positions, names and counts; groups that are missing. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { daysSince1900, SECONDS_PER_DAY } from '../../src/calendar.js';
import { createNetcdf } from '../../src/netcdf4/index.js';
import { readStationFile } from '../../src/page/station-file.js';
import { temporaryFolder } from './folders.js';

interface Made {
  /** Seconds since 1900-01-01 of the records, and of the reports where they are others. */
  times?: readonly number[];
  reportTimes?: readonly number[];
  /** One per row of station_configuration. */
  positions?: readonly (readonly [latitude: number, longitude: number])[];
  name?: string;
  counts?: string;
  without?: 'header_table' | 'station_configuration';
}

const day = (year: number, month: number, date: number): number =>
  daysSince1900(year, month, date) * SECONDS_PER_DAY;

/** The least that is a station file: two rows per record. */
async function made(options: Made): Promise<ReturnType<typeof readStationFile>> {
  const { times = [day(2000, 1, 1)], reportTimes = times, positions = [[48, 16]], name = 'NAME' } = options;
  const path = join(temporaryFolder(), 'made.nc');
  const file = await createNetcdf(path);
  const { root } = file;
  root.attribute('dataset', 'igra2');
  root.attribute('primary_station_id', 'I'.repeat(500));
  root.attribute('license', 'L'.repeat(60_000));
  root.attribute('harvest_counts', options.counts ?? '{}');
  root.dimension('record', times.length);
  root.variable('recordtimestamp', 'int64', ['record']).append(BigInt64Array.from(times, BigInt));
  root
    .variable('recordindex', 'int64', ['record'])
    .append(BigInt64Array.from(times, (_, i) => BigInt(2 * i)));
  root.variable('recordsize', 'int', ['record']).append(Int32Array.from(times, () => 2));
  const observations = root.group('observations_table');
  observations.dimension('row', 2 * times.length);
  observations.variable('units', 'int', ['row']).append(new Int32Array(2 * times.length));
  if (options.without !== 'header_table') {
    const header = root.group('header_table');
    header.dimension('report', reportTimes.length);
    header.variable('report_timestamp', 'int64', ['report']).append(BigInt64Array.from(reportTimes, BigInt));
  }
  if (options.without !== 'station_configuration') {
    const stations = root.group('station_configuration');
    const texts = Buffer.from(positions.map(() => name).join(''));
    stations.dimension('station', positions.length);
    stations.dimension('letters', Buffer.byteLength(name));
    stations.variable('station_name', 'char', ['station', 'letters']).append(texts);
    for (const [i, column] of ['latitude', 'longitude'].entries())
      stations
        .variable(column, 'double', ['station'])
        .append(Float64Array.from(positions, (position) => position[i] ?? Number.NaN));
  }
  await file.close();
  return await readStationFile(path);
}

describe('what is read of a station file', () => {
  it('are launches by year and the period, those of impossible times aside', async () => {
    const times = [
      -1e15,
      day(1849, 12, 31),
      day(1905, 12, 31),
      day(1906, 1, 1),
      day(1906, 7, 1),
      day(2300, 1, 1),
      9e15,
    ];
    const file = await made({ times });
    expect([...file.launchesByYear]).toEqual([
      [1905, 1],
      [1906, 2],
    ]);
    expect(file).toMatchObject({
      launchesWithoutTime: 4,
      first: day(1905, 12, 31),
      last: day(1906, 7, 1),
      rows: 14,
    });
  });

  it('are the reports where two share a record', async () => {
    const [first, second] = [day(1999, 12, 31), day(2000, 1, 1)];
    const file = await made({ times: [first, second], reportTimes: [first, first, second] });
    expect([...file.launchesByYear]).toEqual([
      [1999, 2],
      [2000, 1],
    ]);
  });

  it('is one position, and none for a station that moves or is nowhere', async () => {
    expect(await made({ positions: [[-33.5, 151.25]] })).toMatchObject({
      latitude: -33.5,
      longitude: 151.25,
    });
    const nowhere = { latitude: Number.NaN, longitude: Number.NaN };
    expect(await made({ positions: [] })).toMatchObject({ ...nowhere, name: '' });
    expect(await made({ positions: [[Number.NaN, Number.NaN]] })).toMatchObject(nowhere);
    expect(
      await made({
        positions: [
          [1, 2],
          [3, 4],
        ],
      }),
    ).toMatchObject({ ...nowhere, name: 'NAME' });
    expect(await made({ positions: [[-98.9, 1e30]] })).toMatchObject(nowhere);
  });

  it('is no name and no text of any length', async () => {
    const file = await made({ name: 'é'.repeat(3000) });
    expect([file.name, file.station.length, file.licence.length]).toEqual(['é'.repeat(200), 200, 5000]);
  });

  it.each([
    ['{"reports":4,"levels":9,"fields":5,"rows":3,"dropped":{"a.b.c":2,"__proto__":0},"noted":{}}', 5],
    ['{"reports":4,"rows":3}', undefined],
    ['{"reports":4,"levels":9,"fields":5,"rows":-3,"dropped":{},"noted":{}}', undefined],
    ['{"reports":4,"levels":9,"fields":5,"rows":3,"dropped":{"a":"b"},"noted":{}}', undefined],
    ['{"reports":4,"levels":9,"fields":5,"rows":3,"dropped":null,"noted":{}}', undefined],
    ['[1]', undefined],
    ['null', undefined],
    ['{', undefined],
  ])('are its counts, or none: %s', async (counts, fields) => {
    const file = await made({ counts });
    expect(file.counts?.fields).toBe(fields);
    if (fields !== undefined)
      expect([...(file.counts?.dropped.keys() ?? [])]).toEqual(['a.b.c', '__proto__']);
  });

  it.each(['header_table', 'station_configuration'] as const)('is nothing without %s', async (without) => {
    await expect(made({ without })).rejects.toMatchObject({ code: 'NOT_A_STATION_FILE' });
  });
});
