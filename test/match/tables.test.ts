/** The tables with one row per report, position or input file. */
import { describe, expect, it } from 'vitest';
import { sourceConfiguration, sourceId } from '../../src/match/source-files.js';
import { arrayText } from '../../src/match/table-data.js';
import type { StationEntry } from '../../src/records/station.js';
import { DESCRIPTOR, match, tableColumn } from './matching.js';

const HOUR = 3600;
const ENTRY: StationEntry = {
  id: 'XXM00012345',
  latitude: 52.2,
  longitude: 14.1,
  elevation: 112,
  name: 'LINDENBERG',
  mobile: false,
};

describe('header_table and profile_configuration', () => {
  it('tell pilot balloons from radiosondes by what they measured', () => {
    const kinds = [[106, 107], [106, 126], [34], [138], [117], []].map((variables, i) => ({
      launch: i,
      rows: variables.map((variable) => ({ variable })),
    }));
    expect(tableColumn(match(kinds), 'header_table', 'station_type')).toEqual([
      1,
      0,
      0,
      0,
      Number.NaN,
      Number.NaN,
    ]);
  });

  it.each([
    ['wind only', [[107], [106, 107]], 1],
    ['wind, and heights only', [[107], [117]], 1],
    ['one temperature among winds', [[107], [126]], 0],
    ['heights only', [[117]], 0],
  ])('a station with %s', (_, variables, expected) => {
    const reports = variables.map((codes, i) => ({
      launch: i,
      rows: codes.map((variable) => ({ variable })),
    }));
    expect(tableColumn(match(reports), 'station_configuration', 'station_type')).toBe(expected);
  });

  it('give the code of a standard time for 00, 06, 12 and 18 UTC and for no other', () => {
    const times = [0, 6, 12, 18, 24, 3, 23, 12.5].map((hour) => ({ nominal: hour * HOUR }));
    const outcome = match([...times.map((t, i) => ({ ...t, launch: i })), { launch: 99 }]);
    const N = Number.NaN;
    expect(tableColumn(outcome, 'profile_configuration', 'standard_time')).toEqual([
      0,
      1,
      2,
      3,
      0,
      N,
      N,
      N,
      N,
    ]);
  });

  it('say how precise the time is and what it means', () => {
    const outcome = match([
      { launch: 60, nominal: 0, timeQuality: 1 },
      { launch: 3600, nominal: 0, timeQuality: 2 },
      { nominal: 7200, timeQuality: 2 },
      { dateOnly: 43_200, timeQuality: 3 },
    ]);
    expect(tableColumn(outcome, 'header_table', 'report_time_quality')).toEqual([1, 2, 2, 3]);
    expect(tableColumn(outcome, 'header_table', 'report_time_accuracy')).toEqual([
      60,
      3600,
      3600,
      Number.NaN,
    ]);
    expect(tableColumn(outcome, 'header_table', 'report_meaning_of_timestamp')).toEqual([
      1,
      1,
      Number.NaN,
      Number.NaN,
    ]);
    expect(tableColumn(outcome, 'header_table', 'report_timestamp')).toEqual([60, 3600, 7200, 43_200]);
    expect(tableColumn(outcome, 'header_table', 'nominal_timestamp')).toEqual([0, 0, 7200, Number.NaN]);
    expect(tableColumn(outcome, 'profile_configuration', 'actual_time')).toEqual([
      60,
      3600,
      Number.NaN,
      Number.NaN,
    ]);
  });

  it('name place in the source, station and profile', () => {
    const outcome = match([{ launch: 0, byteOffset: 4711, inputFile: 1, comment: 'P_SRC=x' }], {
      entry: ENTRY,
      files: 2,
    });
    expect(tableColumn(outcome, 'header_table', 'source_record_id')).toEqual(['byte 4711']);
    expect(tableColumn(outcome, 'header_table', 'source_id')).toEqual(['demo-2']);
    expect(tableColumn(outcome, 'header_table', 'primary_station_id')).toBe('0-20000-0-12345');
    expect(tableColumn(outcome, 'header_table', 'station_name')).toBe('LINDENBERG');
    expect(tableColumn(outcome, 'header_table', 'height_of_station_above_sea_level')).toEqual([112]);
    const id = ['demo-XXM00012345-19000101000000-00'];
    expect(tableColumn(outcome, 'header_table', 'profile_id')).toEqual(id);
    expect(tableColumn(outcome, 'profile_configuration', 'profile_id')).toEqual(id);
    expect(tableColumn(outcome, 'profile_configuration', 'comments')).toEqual(['P_SRC=x']);
  });
});

describe('station_configuration', () => {
  const moving = [
    { launch: 1, latitude: 10, longitude: 20 },
    { launch: 2, latitude: 11, longitude: -179 },
    { launch: 3, latitude: Number.NaN, longitude: Number.NaN },
    { launch: 4, latitude: 10, longitude: 20 },
  ];

  it('has one row for a fixed station, where it reported last', () => {
    const outcome = match(moving);
    expect(outcome.matched.tables.get('station_configuration')?.rows).toBe(1);
    expect(tableColumn(outcome, 'station_configuration', 'latitude')).toEqual([10]);
    expect(tableColumn(outcome, 'station_configuration', 'start_date')).toEqual([1]);
    expect(tableColumn(outcome, 'station_configuration', 'end_date')).toEqual([4]);
    expect(tableColumn(outcome, 'header_table', 'station_record_number')).toEqual([1, 1, 1, 1]);
    expect(outcome.matched.extent).toEqual({
      minLatitude: 10,
      maxLatitude: 11,
      minLongitude: -179,
      maxLongitude: 20,
      first: 1,
      last: 4,
    });
  });

  it('takes the position of a fixed station from the inventory, the id and the name too', () => {
    const outcome = match(moving, { entry: ENTRY });
    expect(tableColumn(outcome, 'station_configuration', 'latitude')).toBe(52.2);
    expect(tableColumn(outcome, 'station_configuration', 'station_name')).toBe('LINDENBERG');
    expect(tableColumn(outcome, 'station_configuration', 'secondary_id')).toBe('{XXM00012345}');
    expect(tableColumn(outcome, 'station_configuration', 'secondary_id_scheme')).toBe('{6}');
  });

  it.each([
    [
      'the inventory says so',
      { entry: { ...ENTRY, latitude: Number.NaN, longitude: Number.NaN, mobile: true } },
    ],
    ['it is a ship', { identity: { platformType: 2, secondaryId: null } }],
  ])('has one row per position of a mobile station: %s', (_, settings) => {
    const outcome = match(moving, settings);
    const N = Number.NaN;
    expect(tableColumn(outcome, 'station_configuration', 'record_number')).toEqual([1, 2, 3]);
    expect(tableColumn(outcome, 'station_configuration', 'latitude')).toEqual([10, 11, N]);
    expect(tableColumn(outcome, 'station_configuration', 'longitude')).toEqual([20, -179, N]);
    expect(tableColumn(outcome, 'station_configuration', 'end_date')).toEqual([4, 2, 3]);
    expect(tableColumn(outcome, 'header_table', 'station_record_number')).toEqual([1, 2, 3, 1]);
    expect(tableColumn(outcome, 'header_table', 'height_of_station_above_sea_level')).toEqual([N, N, N, N]);
  });

  it('lists the variables in order', () => {
    const outcome = match([
      { launch: 0, rows: [{ variable: 126 }, { variable: 34 }] },
      { launch: 1, rows: [{ variable: 106 }] },
    ]);
    expect(tableColumn(outcome, 'station_configuration', 'observed_variables')).toBe('{34,106,126}');
  });

  it('has no extent without reports', () => {
    expect(Object.values(match([{ launch: 5, latitude: Number.NaN }]).matched.extent)).toEqual([
      ...Array(4).fill(Number.NaN),
      5,
      5,
    ]);
  });
});

describe('source_configuration', () => {
  it('has one row per file, ids equally wide', () => {
    expect([0, 8].map((i) => sourceId('demo', i, 9))).toEqual(['demo-1', 'demo-9']);
    expect([0, 8, 9].map((i) => sourceId('demo', i, 10))).toEqual(['demo-01', 'demo-09', 'demo-10']);
    const files = [
      { name: 'a.txt', bytes: 12, sha256: '00ff' },
      { name: 'b.txt', bytes: 34, sha256: '11ee', sourceFormat: 100 },
    ];
    const { rows, columns } = sourceConfiguration(DESCRIPTOR, files, 'https://example.org/x');
    expect(rows).toBe(2);
    expect(Object.fromEntries(columns)).toMatchObject({
      source_id: ['demo-1', 'demo-2'],
      source_file: ['a.txt', 'b.txt'],
      source_file_checksum: ['sha256:00ff', 'sha256:11ee'],
      comments: ['12 bytes', '34 bytes'],
      product_references: '{https://example.org/a,https://example.org/b}',
      product_uri: 'https://example.org/x',
      source_format: [102, 100],
    });
  });

  it('writes arrays as the tables do, an empty one as nothing', () => {
    expect(arrayText([1, 2])).toBe('{1,2}');
    expect(arrayText([])).toBe('');
  });
});
