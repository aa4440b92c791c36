import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openInput } from '../../../src/fetch/members.js';
import { era5_1 } from '../../../src/sources/odb/index.js';
import { isAccountedFor, listStations, type Reading, readStation, since1900 } from '../../support/reading.js';
import { samplePath, samplesTitle, skipSamples } from '../../support/samples.js';

const STATIONS = ['27707', '27730', '27962', '27995', '34009', '34172', '96413'];
const TEXT = 'era5_odb/text/';
const ALL = `${TEXT}era5.conv._landTEMP_20210618.all.txt.gz`;
const ALIGNED = `${TEXT}landTEMP_aligned_default.txt.gz`;
const FULL_PRECISION = `${TEXT}landTEMP_full_precision.txt.gz`;
const BINARY = 'era5_odb/odc_example_landTEMP_20210618.odb';

/** Every station that the files hold. */
async function readAll(...names: string[]): Promise<Map<string, Reading>> {
  const inputs = await Promise.all(names.map((name) => openInput(samplePath(name))));
  const { stations, tally } = await listStations(era5_1, inputs);
  expect(tally.noted.size).toBe(0);
  const readings = new Map<string, Reading>();
  for (const station of stations) readings.set(station.id, await readStation(era5_1, station));
  return readings;
}

/** Rows and reports without what differs between files: offsets. */
function plain(readings: Map<string, Reading>) {
  return [...readings].map(([id, { reports, rows, tally }]) => ({
    id,
    reports: reports.map((report) => ({ ...report, byteOffset: 0 })),
    rows,
    fields: tally.fields,
    dropped: Object.fromEntries([...tally.dropped].sort()),
  }));
}

/** The lines of the plain text of all stations, split at tabs. */
function lines(): string[][] {
  const text = gunzipSync(readFileSync(samplePath(ALL))).toString('latin1');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
}

/** The same with so many decimals, as a text has them. */
function toDecimals(stations: ReturnType<typeof plain>, decimals: number): ReturnType<typeof plain> {
  // Plus zero: the text keeps the sign of a value that rounds to nothing.
  const cut = (value: number): number => Number(value.toFixed(decimals)) + 0;
  return stations.map((station) => ({
    ...station,
    reports: station.reports.map((report) => ({
      ...report,
      latitude: cut(report.latitude),
      longitude: cut(report.longitude),
    })),
    rows: station.rows.map((row) => ({
      ...row,
      value: cut(row.value),
      z: cut(row.z),
      feedback: Object.fromEntries(
        Object.entries(row.feedback).map(([name, value]) => [
          name,
          typeof value === 'number' ? cut(value) : value,
        ]),
      ),
    })),
  }));
}

describe.skipIf(skipSamples())(samplesTitle('land TEMP of 2021-06-18'), () => {
  it('seven files of one station each: every row of the text is an observation or a count', async () => {
    const readings = await readAll(...STATIONS.map((id) => `${TEXT}era5.conv._${id}.txt.gz`));
    expect([...readings.keys()]).toEqual(STATIONS);
    const rows = lines().slice(1);
    for (const [id, reading] of readings) {
      const own = rows.filter((row) => row[3] === `'   ${id}'`);
      const observed = own.filter((row) => row[11] !== 'NULL');
      expect(reading.reports).toHaveLength(1);
      expect(reading.reports[0]).toMatchObject({
        nominal: since1900('2021-06-18T00:00:00Z'),
        timeQuality: 2,
        kind: 16022,
        number: Number(own[0]?.[2]),
        latitude: Number(own[0]?.[8]),
        longitude: Number(own[0]?.[9]),
      });
      expect(reading.tally.fields).toBe(own.length);
      expect(isAccountedFor(reading)).toBe(true);
      expect(reading.rows.map(({ value, z }) => [value, z])).toEqual(
        observed.map((row) => [Number(row[11]), Number(row[14])]),
      );
      expect(reading.rows.map(({ feedback }) => feedback['fg_depar@body'])).toEqual(
        observed.map((row) => (row[15] === 'NULL' ? Number.NaN : Number(row[15]))),
      );
      const quality: Record<string, number> = { '1': 0, '4': 1, '12': 6 };
      expect(reading.rows.map((row) => row.quality)).toEqual(observed.map((row) => quality[row[10] ?? '']));
    }
  });

  it('one file of all stations, padded or not, gives the same as a file for each', async () => {
    const each = plain(await readAll(...STATIONS.map((id) => `${TEXT}era5.conv._${id}.txt.gz`)));
    expect(plain(await readAll(ALL))).toEqual(each);
    expect(plain(await readAll(ALIGNED))).toEqual(each);
  });

  it('full precision is the same to six decimals, and ODB-2 is the same as full precision', async () => {
    const full = plain(await readAll(FULL_PRECISION));
    expect(toDecimals(full, 6)).toEqual(toDecimals(plain(await readAll(ALL)), 6));
    const binary = plain(await readAll(BINARY));
    expect(binary.map(({ id }) => id)).toEqual(STATIONS);
    // Wind components of nearly zero have more digits than the 17 decimals of the text.
    expect(toDecimals(binary, 17)).toEqual(toDecimals(full, 17));
  });

  it('kinds of the columns agree between the text and ODB-2, but for single precision', async () => {
    const kinds = async (name: string) => {
      const columns =
        (await era5_1.feedback?.({ id: '34172', files: [await openInput(samplePath(name))] })) ?? [];
      return columns.map(({ name: column, kind }) => [column, kind === 'real' ? 'double' : kind]);
    };
    expect(await kinds(BINARY)).toEqual(await kinds(ALL));
  });

  it.each([
    ['metview_temp_u.odb', /time|statid|vertco/],
    ['small_odb.odb', /statid|vertco/],
    ['magics_test_8frames.odb', /vertco|statid/],
    ['odb1_missing_string.odb', /statid/],
  ])(
    '%s is a database without soundings: refused by the names of the missing columns',
    async (name, columns) => {
      const path = samplePath(`era5_odb/${name}`);
      const listing = listStations(era5_1, [await openInput(path)]);
      await expect(listing).rejects.toMatchObject({ code: 'MISSING_COLUMN', position: { file: path } });
      await expect(listing).rejects.toThrow(columns);
    },
  );

  it.each([
    ['igra2/hour99-1935.txt', 'IGRA 2 soundings'],
    ['igra2/negative/igra-v1-07139.dat', 'an IGRA version 1 file'],
    ['ncar/uadb_trhc_82930.excerpt.txt', 'a UADB file of NCAR'],
    ['bufr/temp_10.bufr', 'a BUFR file'],
    ['grib/ens_50.grib', 'a GRIB file'],
  ])('%s is refused and named', async (name, saw) => {
    const path = samplePath(name);
    await expect(listStations(era5_1, [await openInput(path)])).rejects.toMatchObject({
      code: 'WRONG_FORMAT',
      message: `${path}: expected ODB text or ODB-2, found ${saw}`,
    });
  });
});
