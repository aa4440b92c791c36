/** Faults of the reference harvester in the archives other than IGRA, each shown not to be there in the station file itself. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../src/run/reports/report.js';
import { loadTables } from '../src/sources/bufr/tables.js';
import { harvestInto, readStationFile, type StationFileReader, temporaryFolder } from './run/station-file.js';
import { type BufrContent, encodeBufr } from './support/bufr-encoder.js';
import { type SmallRow, smallText } from './support/odb-tables.js';
import { since1900 } from './support/reading.js';
import { encodeUadbSoundings, type UadbLevel, type UadbSounding } from './support/uadb-encoder.js';

const folder = temporaryFolder();
let runs = 0;

/** Harvests one file; the station files by primary id. */
async function harvestBytes(
  source: string,
  name: string,
  content: Uint8Array,
): Promise<{ report: RunReport; files: Record<string, StationFileReader> }> {
  const at = join(folder, String(runs++));
  const input = join(folder, name);
  writeFileSync(input, content);
  const report = await harvestInto(at, [input], { source, output: join(at, 'output') });
  const files = report.stations.map(({ primaryId, files: [path = ''] }) => [
    primaryId,
    readStationFile(path),
  ]);
  return { report, files: Object.fromEntries(files) };
}

/** The rows of observations_table of the only station: variable, value, units, vertical coordinate and its type. */
async function rowsOf(source: string, name: string, content: Uint8Array) {
  const { report, files } = await harvestBytes(source, name, content);
  const [file] = Object.values(files);
  if (file === undefined) throw new Error('no station file');
  const names = [
    'observed_variable',
    'observation_value',
    'units',
    'z_coordinate',
    'z_coordinate_type',
    'quality_flag',
  ];
  const [variables = [], values = [], units = [], z = [], zType = [], quality = []] = names.map((name) =>
    file.numbers(`observations_table/${name}`),
  );
  const rows = variables.map((variable, i) => ({
    variable,
    value: values[i],
    units: units[i],
    z: z[i],
    zType: zType[i],
    quality: quality[i],
  }));
  return { rows, file, report, tally: report.stations[0]?.tally };
}

const odb = (rows: readonly SmallRow[], name = 'era5.conv._11035', source = 'era5_1') =>
  rowsOf(source, name, smallText(rows));

describe('known fault: ODB', () => {
  it('geopotential under the height code, relative humidity as a fraction with a unit that does not exist', async () => {
    const { rows } = await odb([
      { 'varno@body': 1, 'obsvalue@body': 9806.65 },
      { 'varno@body': 29, 'obsvalue@body': 0.5 },
      { 'varno@body': 3, 'obsvalue@body': 4, 'vertco_type@body': 2, 'vertco_reference_1@body': 19613.3 },
    ]);
    expect(rows.map(({ variable, value, units }) => [variable, value, units])).toEqual([
      [117, 1000, 631],
      [138, 50, 300],
      [139, 4, 731],
    ]);
    expect(rows[2]).toMatchObject({ z: 2000, zType: 0 });
  });

  it('an_depar of 1759 and 1761 overwritten, integer feedback columns with a NULL not written', async () => {
    for (const source of ['era5_1759', 'era5_1761']) {
      const { file } = await odb(
        [
          { 'an_depar@body': 0.25, 'ppcode@conv_body': 7, 'vertco_reference_1@body': 90_000 },
          { 'an_depar@body': null, 'ppcode@conv_body': null, 'vertco_reference_1@body': 80_000 },
        ],
        `${source}.conv._11035`,
        source,
      );
      expect(file.numbers('era5fb/an_depar@body')).toEqual([0.25, Number.NaN]);
      expect(file.numbers('era5fb/ppcode@conv_body')).toEqual([7, -2_147_483_648]);
      expect(file.variable('era5fb/ppcode@conv_body').attributes._FillValue).toEqual(
        Int32Array.of(-2_147_483_648),
      );
      expect(file.numbers('observations_table/advanced_feedback')).toEqual([1, 0]);
      expect(file.numbers('observations_table/advanced_assimilation_feedback')).toEqual([1, 0]);
    }
  });

  it('unknown varno becomes observed_variable 0, values at 2 m and 10 m become upper-air values', async () => {
    const { rows, tally } = await odb(
      [999, 39, 40, 41, 42, 58, 110].map((varno) => ({
        'varno@body': varno,
        'obsvalue@body': varno === 110 ? 99_999 : 0.5,
      })),
    );
    expect(rows.map(({ variable, units }) => [variable, units])).toEqual([
      [36, 5],
      [38, 300],
      [57, 32],
      [85, 5],
      [104, 731],
      [105, 731],
    ]);
    expect(Object.fromEntries(tally?.dropped ?? [])).toEqual({ 'era5_1.varno.999.unknown': 1 });
  });

  it('days merged in the date index: consecutive odd days stay apart', async () => {
    const { file } = await odb([20190219, 20190220, 20190221].map((date) => ({ 'date@hdr': date })));
    expect(file.numbers('recordtimestamp')).toEqual(
      ['19', '20', '21'].map((day) => since1900(`2019-02-${day}T12:00:00Z`)),
    );
    expect(file.numbers('era5fb/date@hdr')).toEqual([20190219, 20190220, 20190221]);
  });

  it('string width from the first row cuts later ids', async () => {
    const wigos = ['', '0-20000-0-11035', '0-20000-0-11035-with-a-longer-tail'];
    const { file } = await odb(
      wigos.map((id, i) => ({ 'wigosid@hdr': id, 'vertco_reference_1@body': 90_000 - i * 1000 })),
    );
    expect(file.texts('era5fb/wigosid@hdr')).toEqual(wigos);
    const { files } = await harvestBytes(
      'era5_1',
      'several.txt',
      smallText(['A', 'LONGSHIP', '6:99041'].map((id) => ({ 'statid@hdr': id.padStart(8) }))),
    );
    expect(
      Object.entries(files).map(([id, one]) => [id, one.texts('header_table/primary_station_id')]),
    ).toEqual([
      ['6:99041', ['6:99041']],
      ['A', ['A']],
      ['LONGSHIP', ['LONGSHIP']],
    ]);
  });

  it('a column of whole numbers that later holds a fraction loses it: the column is widened', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => ({
      'odd@hdr': i,
      'vertco_reference_1@body': 100_000 - i,
      'source@hdr': 'a text that fills the head of the file with itself, so that what follows is not seen',
    }));
    const { file } = await odb([...rows, { ...rows[0], 'odd@hdr': 0.5, 'vertco_reference_1@body': 9 }]);
    expect(file.variable('era5fb/odd@hdr').type).toBe('<d');
    expect(file.numbers('era5fb/odd@hdr')).toContain(0.5);
  });
});

describe('known fault: UADB', () => {
  const level = (type: number, pressure: number | null, more: Partial<UadbLevel> = {}): UadbLevel => ({
    type,
    pressure,
    height: null,
    temperature: 100,
    relativeHumidity: null,
    windDirection: null,
    windSpeed: null,
    ...more,
  });
  const sounding = (day: number, levels: readonly UadbLevel[]): UadbSounding => ({
    number: day,
    station: '11035',
    idType: 1,
    year: 1969,
    month: 10,
    day,
    hour: 1200,
    latitude: 48.25,
    longitude: 343.5,
    elevation: 200,
    levels,
  });

  it('the last sounding of every file is lost', async () => {
    const { file } = await rowsOf(
      'ncar',
      'uadb_trhc_11035.txt',
      encodeUadbSoundings([4, 5, 6].map((day) => sounding(day, [level(2, 8500)]))),
    );
    expect(file.numbers('recordtimestamp')).toEqual(
      ['04', '05', '06'].map((day) => since1900(`1969-10-${day}T12:00:00Z`)),
    );
    expect(file.numbers('header_table/longitude')).toEqual([-16.5, -16.5, -16.5]);
    expect(file.numbers('header_table/height_of_station_above_sea_level')).toEqual([200, 200, 200]);
  });

  it('level types 1 and 7 discarded, type 4 removal takes wrong rows: all kept, duplicates marked', async () => {
    const levels = [
      level(1, 9800),
      level(3, 8500),
      level(4, 8500, { temperature: 101 }),
      level(4, 7000),
      level(7, 2000),
    ];
    const { rows, tally } = await rowsOf(
      'ncar',
      'uadb_trhc_11035.txt',
      encodeUadbSoundings([sounding(4, levels)]),
    );
    expect(rows.map(({ z, quality }) => [z, quality])).toEqual([
      [98_000, 2],
      [85_000, 2],
      [85_000, 100],
      [70_000, 2],
      [20_000, 2],
    ]);
    expect(tally?.noted.get('ncar.level-type-4.duplicate')).toBe(1);
  });
});

describe('known fault: BUFR', () => {
  const message = async (more: Partial<BufrContent>, values: Readonly<Record<number, number | string>>) => {
    const tables = await loadTables();
    const head = [1011, 2011, 301_011, 301_012, 301_021, 101_000, 31_001, 303_014];
    return encodeBufr({
      tables,
      edition: 3,
      descriptors: head,
      subsets: [({ descriptor }) => values[descriptor] ?? null],
      ...more,
    });
  };
  const ship = (day: number, latitude: number): Record<number, number | string> => ({
    1011: 'SHIP1',
    2011: 80,
    4001: 2021,
    4002: 6,
    4003: day,
    4004: 12,
    5001: latitude,
    6001: -30.5,
    7004: 50_000,
    10003: 54_917,
    12001: 250.1,
    31001: 1,
  });

  it('years forced to 19xx, position and id from the first message only', async () => {
    const bytes = Buffer.concat([await message({}, ship(1, 10.5)), await message({}, ship(2, 11.25))]);
    const { file } = await rowsOf('bufr', 'ship.bfr', bytes);
    expect(file.numbers('recordtimestamp')).toEqual([
      since1900('2021-06-01T12:00:00Z'),
      since1900('2021-06-02T12:00:00Z'),
    ]);
    expect(file.numbers('header_table/latitude')).toEqual([10.5, 11.25]);
    expect(file.numbers('header_table/station_record_number')).toEqual([1, 2]);
    expect(file.texts('header_table/primary_station_id')).toEqual(['SHIP1', 'SHIP1']);
    expect(file.texts('observations_table/sensor_id')).toEqual(Array(4).fill('sonde-080'));
    expect(file.texts('sensor_configuration/sensor_id')).toEqual(['sonde-080']);
  });

  it('ERA-40 files give no height, as only 010009 is read: heights from 010003 and from 010009', async () => {
    const geopotential = await rowsOf('bufr', 'a.bfr', await message({}, ship(1, 10)));
    const height = await rowsOf(
      'bufr',
      'b.bfr',
      await message(
        {
          edition: 4,
          descriptors: [1011, 2011, 301_011, 301_012, 301_021, 103_000, 31_001, 7004, 10_009, 12_101],
        },
        { ...ship(1, 10), 10009: 5600, 12101: 250.1 },
      ),
    );
    for (const { rows } of [geopotential, height]) {
      expect(rows.map(({ variable, units, z }) => [variable, units, z])).toEqual([
        [117, 631, 50_000],
        [126, 5, 50_000],
      ]);
      expect(rows[0]?.value).toBeCloseTo(5600, 0);
    }
  });
});
