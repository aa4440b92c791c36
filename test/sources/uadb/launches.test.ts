/** The two files of a station: one station, and one report for each launch. */
import { describe, expect, it } from 'vitest';
import { combineLaunches } from '../../../src/records/launches.js';
import { createLevelSorter } from '../../../src/records/levels.js';
import { orderSoundings } from '../../../src/records/order.js';
import type { Sounding } from '../../../src/records/sounding.js';
import { createTally, type Tally } from '../../../src/records/tally.js';
import { ncar } from '../../../src/sources/uadb/index.js';
import { listStations } from '../../support/reading.js';
import { makeStation } from '../../support/soundings.js';
import { encodeUadb, encodeUadbSoundings, uadbSoundings } from '../../support/uadb-encoder.js';
import { inputOf, since1900 } from '../../support/uadb-reading.js';

/** The reports of a trhc and a windc file after ordering and joining. */
async function combined(
  trhc: Uint8Array,
  windc: Uint8Array,
): Promise<{ soundings: Sounding[]; tally: Tally }> {
  const { stations } = await listStations(ncar, [
    inputOf(windc, { path: 'uadb_windc_10001.txt' }),
    inputOf(trhc, { path: 'uadb_trhc_10001.txt' }),
  ]);
  expect(stations.map(({ id, files }) => [id, files.map(({ name }) => name)])).toEqual([
    ['10001', ['uadb_trhc_10001.txt', 'uadb_windc_10001.txt']],
  ]);
  const tally = createTally();
  const [station] = stations;
  if (station === undefined || ncar.launches === undefined) throw new Error('no station, or no launch rules');
  const ordered = orderSoundings(ncar.open(station, { tally }), 'launch');
  const soundings: Sounding[] = [];
  for await (const group of combineLaunches(ordered, ncar.launches, [], 'ncar', tally))
    soundings.push(...group);
  return { soundings, tally };
}

const number = (sounding: Sounding): number => sounding.reports.number[sounding.index] ?? Number.NaN;
const file = (sounding: Sounding): number => sounding.reports.inputFile[sounding.index] ?? Number.NaN;

describe('the trhc and the windc file of a station', () => {
  it('give one report for a launch that is in both, and its winds once', async () => {
    const level = { pressure: 8500, height: 15_140, temperature: 182, relativeHumidity: 726 };
    const report = {
      number: 44_795_206,
      station: '10001',
      idType: 1,
      year: 1978,
      month: 10,
      day: 12,
      hour: 1100,
      latitude: 60,
      longitude: 11.1,
      elevation: 432,
    };
    const wind = { windDirection: 100, windSpeed: 41 };
    const trhc = encodeUadbSoundings([{ ...report, levels: [{ type: 2, ...level, ...wind }] }]);
    const windc = encodeUadbSoundings([
      {
        ...report,
        levels: [
          { type: 2, ...level, temperature: null, relativeHumidity: null, ...wind },
          { type: 5, pressure: 7000, height: null, temperature: null, relativeHumidity: null, ...wind },
        ],
      },
    ]);
    const { soundings, tally } = await combined(trhc, windc);
    expect(soundings).toHaveLength(1);
    const [sounding] = soundings;
    if (sounding === undefined) throw new Error('no sounding');
    expect(sounding.time).toBe(since1900('1978-10-12T11:00Z'));
    expect(sounding.alsoIn).toEqual([{ inputFile: 1, byteOffset: 0 }]);
    expect(sounding.reports.comment[sounding.index]).toBe(
      'source=27 date_flag=1 location_flag=1 sounding_type=3',
    );
    expect(tally.noted.get('ncar.report.joined')).toBe(1);
    const { indices, length, duplicates } = createLevelSorter().order(sounding);
    const { observedVariable, value, zCoordinate } = sounding.observations;
    expect(
      Array.from(indices.subarray(0, length), (row) => [zCoordinate[row], observedVariable[row], value[row]]),
    ).toEqual([
      [85_000, 106, 100],
      [85_000, 107, 4.1],
      [85_000, 117, 1514],
      [85_000, 126, 18.2],
      [85_000, 138, 72.6],
      [70_000, 106, 100],
      [70_000, 107, 4.1],
    ]);
    // Direction, speed and height of 850 hPa stand in both files.
    expect(duplicates).toBe(3);
  });

  it('of a made-up station: every launch once, in order, wherever it stands', async () => {
    const station = makeStation(5, { id: 'XXM00010001', soundings: 24 });
    const { soundings, tally } = await combined(
      encodeUadb(station, { kind: 'trhc' }),
      encodeUadb(station, { kind: 'windc' }),
    );
    const numbers = (kind: 'trhc' | 'windc'): number[] =>
      uadbSoundings(station, kind).map((entry) => entry.number);
    const inTrhc = new Set(numbers('trhc'));
    const inWindc = new Set(numbers('windc'));
    const both = [...inTrhc].filter((id) => inWindc.has(id));
    expect(both.length).toBeGreaterThan(5);
    expect(inWindc.size).toBeGreaterThan(both.length);
    expect(soundings.map(number)).toEqual([...new Set([...inTrhc, ...inWindc])].sort((a, b) => a - b));
    expect(tally.noted.get('ncar.report.joined')).toBe(both.length);
    expect(soundings.map((sounding) => sounding.alsoIn !== undefined)).toEqual(
      soundings.map((sounding) => both.includes(number(sounding))),
    );
    expect(soundings.map(file)).toEqual(soundings.map((sounding) => (inTrhc.has(number(sounding)) ? 0 : 1)));
  });
});
