/** Reports are taken by what they declare: soundings are read, all others are counted by their kind and listed. */
import { describe, expect, it } from 'vitest';
import type { ReportColumns } from '../../../src/records/batch.js';
import { createTally } from '../../../src/records/tally.js';
import { era5_1 } from '../../../src/sources/odb/index.js';
import {
  DECLARING_COLUMNS,
  type Declaration,
  describeDeclaration,
  isContradictory,
  isUnknown,
  kindOfReport,
  REPORT_CODES,
} from '../../../src/sources/odb/report-kinds.js';
import { encodeOdbText, type OdbTable } from '../../support/odb-encoder.js';
import { type SmallRow, smallTable, smallText } from '../../support/odb-tables.js';
import { encodeOdb2 } from '../../support/odb2-encoder.js';
import { inputOf, isAccountedFor, listStations, readStation } from '../../support/reading.js';
import { readRows } from './reading.js';

const declared = (said: Partial<Declaration>): Declaration => ({
  obstype: Number.NaN,
  codetype: Number.NaN,
  reportype: Number.NaN,
  ...said,
});
const kindName = (said: Partial<Declaration>): string => kindOfReport(declared(said)).name;

/** Row values that declare. */
const as = (obstype: number | null, codetype: number | null, reportype: number | null): SmallRow => ({
  'obstype@hdr': obstype,
  'codetype@hdr': codetype,
  reportype,
});
const TEMP = as(5, 35, 16022);
const SYNOP = as(1, 14, 16001);

describe('the kind of a report', () => {
  it('every code of the list is of one kind, and stands there once', () => {
    const keys = REPORT_CODES.map(({ column, code }) => `${column} ${code}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { column, code, kind } of REPORT_CODES)
      expect(kindOfReport(declared({ [column]: code }))).toBe(kind);
  });

  it.each([
    ['obstype', [5, 6]],
    ['codetype', [32, 33, 35, 36, 37, 38, 39, 40, 109, 111, 135, 230, 231]],
    ['reportype', [16013, 16020, 16022, 16045, 16068]],
  ] as const)('the soundings by %s are %j', (column, codes) => {
    const soundings = REPORT_CODES.filter((entry) => entry.column === column && entry.kind.sounding);
    expect(soundings.map(({ code }) => code)).toEqual(codes);
  });

  it.each([
    [{ obstype: 1, codetype: 14, reportype: 16001 }, 'synop'],
    [{ obstype: 1 }, 'synop'],
    [{ reportype: 16001 }, 'synop'],
    [{ obstype: 6, codetype: 34, reportype: 16015 }, 'wind-profiler'],
    [{ obstype: 6, codetype: 132 }, 'wind-profiler'],
    [{ obstype: 6, codetype: 133 }, 'rass'],
    [{ obstype: 6, codetype: 137 }, 'radar-wind'],
    [{ obstype: 6, reportype: 16015 }, 'wind-profiler'],
    [{ obstype: 2, codetype: 144, reportype: 16029 }, 'aircraft'],
    [{ obstype: 4, codetype: 165, reportype: 16084 }, 'buoy'],
    [{ obstype: 3, codetype: 90 }, 'satellite-wind'],
    [{ obstype: 7, codetype: 217 }, 'satellite'],
    [{ obstype: 5, codetype: 135, reportype: 16020 }, 'dropsonde'],
    [{ obstype: 5, codetype: 36 }, 'temp-ship'],
    [{ obstype: 6, codetype: 38 }, 'pilot-mobile'],
  ])('%j is %s', (said, name) => {
    expect(kindName(said)).toBe(name);
  });

  it('a code that is not in the list decides nothing: the next column does', () => {
    expect(kindName({ obstype: 5, codetype: 777, reportype: 16999 })).toBe('temp');
    expect(kindName({ obstype: 6, codetype: 777, reportype: 16015 })).toBe('wind-profiler');
    expect(kindName({ obstype: 1, codetype: 777, reportype: 16999 })).toBe('synop');
  });

  it('another observation type than TEMP and PILOT is no sounding, whatever it is', () => {
    expect(kindOfReport(declared({ obstype: 77, reportype: 16999 }))).toMatchObject({
      name: 'not-a-sounding',
      sounding: false,
    });
  });

  it('a report that says nothing, or nothing known, is taken; the second is told', () => {
    expect(kindOfReport(declared({})).sounding).toBe(true);
    expect(isUnknown(kindOfReport(declared({})))).toBe(false);
    const unknown = kindOfReport(declared({ codetype: 777, reportype: 16999 }));
    expect([unknown.sounding, isUnknown(unknown)]).toEqual([true, true]);
  });

  it('columns at odds are told; that wind profilers stand under PILOT is none', () => {
    expect(isContradictory(declared({ obstype: 1, codetype: 35 }))).toBe(true);
    expect(isContradictory(declared({ obstype: 5, reportype: 16001 }))).toBe(true);
    expect(isContradictory(declared({ codetype: 35, reportype: 16015 }))).toBe(true);
    expect(isContradictory(declared({ obstype: 6, codetype: 34, reportype: 16015 }))).toBe(false);
    expect(isContradictory(declared({ obstype: 5, codetype: 35, reportype: 16022 }))).toBe(false);
    expect(isContradictory(declared({}))).toBe(false);
  });

  it('is described by the columns that are there', () => {
    expect(describeDeclaration(declared({ obstype: 1, codetype: 14, reportype: 16001 }))).toBe(
      'codetype 14, reportype 16001, obstype 1',
    );
    expect(describeDeclaration(declared({}))).toBe('');
    expect(DECLARING_COLUMNS).toEqual(['codetype', 'reportype', 'obstype']);
  });
});

/** A table as a frame of ODB-2. */
function binary({ columns, rows }: OdbTable): Uint8Array {
  return encodeOdb2([
    {
      columns: columns.map(({ name, type }, i) => ({
        name,
        type,
        values: rows.map((row) => row[i] ?? (type === 'string' ? '' : Number.NaN)),
      })),
    },
  ]);
}

const ENCODINGS: [name: string, encode: (rows: readonly SmallRow[]) => Uint8Array][] = [
  ['text', (rows) => smallText(rows)],
  ['ODB-2', (rows) => binary(smallTable(rows))],
];

describe.each(ENCODINGS)('a file of %s', (_, encode) => {
  it('without a sounding has no station; its reports are counted by kind, the first of each is listed', async () => {
    const bytes = encode([
      { 'statid@hdr': '   61997', ...SYNOP },
      { 'statid@hdr': '   61997', ...SYNOP, 'varno@body': 39 },
      { 'statid@hdr': '   61997', ...SYNOP, 'time@hdr': 150000 },
      { 'statid@hdr': '   61998', ...SYNOP },
      { 'statid@hdr': '   10394', ...as(6, 34, 16015) },
    ]);
    const { stations, tally } = await listStations(era5_1, [inputOf(bytes)]);
    expect(stations).toEqual([]);
    expect(Object.fromEntries(tally.noted)).toEqual({
      'era5_1.report.synop': 3,
      'era5_1.report.wind-profiler': 1,
      'era5_1.file.without-stations': 1,
    });
    expect(tally.skipped.map(({ reason, detail }) => `${reason}: ${detail}`)).toEqual([
      'era5_1.report.synop: no sounding: codetype 14, reportype 16001, obstype 1, station 61997 (the first of its kind in the file; all are counted)',
      'era5_1.report.wind-profiler: no sounding: codetype 34, reportype 16015, obstype 6, station 10394 (the first of its kind in the file; all are counted)',
    ]);
  });

  it('gives the soundings of a station that has others, too', async () => {
    const bytes = encode([
      { ...SYNOP },
      { ...SYNOP, 'varno@body': 39 },
      { ...TEMP, 'obsvalue@body': 251.5 },
      { ...TEMP, 'obsvalue@body': 252.5, 'vertco_reference_1@body': 70000 },
      { 'statid@hdr': '   61997', ...SYNOP },
      { ...as(2, 144, 16029), 'time@hdr': 130000 },
    ]);
    const { stations, tally: listed } = await listStations(era5_1, [inputOf(bytes)]);
    expect(stations.map(({ id }) => id)).toEqual(['11035']);
    expect(Object.fromEntries(listed.noted)).toEqual({ 'era5_1.report.synop': 1 });
    const [station = { id: '', files: [] }] = stations;
    const reading = await readStation(era5_1, station);
    expect(reading.rows.map(({ value }) => value)).toEqual([251.5, 252.5]);
    expect(reading.reports.map(({ kind }) => kind)).toEqual([16022]);
    expect(Object.fromEntries(reading.tally.noted)).toEqual({
      'era5_1.report.synop': 1,
      'era5_1.report.aircraft': 1,
      'era5_1.row.of-skipped-report': 3,
    });
    expect(reading.tally).toMatchObject({ reports: 1, fields: 2 });
    expect(isAccountedFor(reading)).toBe(true);
  });

  it('finds the columns with and without their tables', async () => {
    for (const names of [
      ['obstype@hdr', 'codetype@hdr', 'reportype@hdr'],
      ['obstype', 'codetype', 'reportype'],
    ])
      for (const [i, code] of [1, 14, 16001].entries()) {
        const { stations, tally } = await listStations(era5_1, [
          inputOf(encode([{ [names[i] ?? '']: code }])),
        ]);
        expect(stations).toEqual([]);
        expect(tally.noted.get('era5_1.report.synop')).toBe(1);
      }
  });

  it('one of the same time and number that says otherwise is another report', async () => {
    const bytes = encode([
      { 'obstype@hdr': 5, 'obsvalue@body': 251.5 },
      { 'obstype@hdr': 1, 'obsvalue@body': 280 },
      { 'obstype@hdr': 5, 'obsvalue@body': 252.5 },
    ]);
    const { stations } = await listStations(era5_1, [inputOf(bytes)]);
    const { rows, reports } = await readStation(era5_1, stations[0] ?? { id: '', files: [] });
    expect(rows.map(({ value }) => value)).toEqual([251.5, 252.5]);
    expect(reports).toHaveLength(2);
  });
});

describe('reports', () => {
  it('in a file named after its station are counted when it is read', async () => {
    const bytes = smallText([{ ...SYNOP }, { ...SYNOP, 'time@hdr': 0 }]);
    const { stations, tally } = await listStations(era5_1, [inputOf(bytes, { path: 'era5.conv._11035' })]);
    expect(stations.map(({ id }) => id)).toEqual(['11035']);
    expect(tally.noted.size).toBe(0);
    const reading = await readStation(era5_1, stations[0] ?? { id: '', files: [] });
    expect([reading.reports, reading.rows]).toEqual([[], []]);
    expect(reading.tally.noted.get('era5_1.report.synop')).toBe(2);
    expect(reading.tally.skipped).toMatchObject([{ reason: 'era5_1.report.synop' }]);
  });

  it.each([
    ['TEMP from land', TEMP, -1, -1],
    ['TEMP from a ship', as(5, 36, null), 2, -1],
    ['TEMP from a ship by the report type', as(5, null, 16068), 2, -1],
    ['TEMP from a mobile station', as(5, 37, null), 8, -1],
    ['dropsonde', as(5, 135, 16020), 41, 1],
    ['dropsonde by the report type', as(5, null, 16020), 41, 1],
    ['descent', as(5, 231, null), -1, 1],
    ['PILOT', as(6, 32, 16013), -1, -1],
    ['nothing said', as(null, null, null), -1, -1],
  ])('%s: platform and direction', async (_, row, platformType, verticalDirection) => {
    const files = [inputOf(smallText([row]))];
    const found: ReportColumns[] = [];
    for await (const { reports } of era5_1.open({ id: '11035', files }, { tally: createTally() }))
      found.push(reports);
    expect(found.map((columns) => [columns.platformType[0], columns.verticalDirection[0]])).toEqual([
      [platformType, verticalDirection],
    ]);
  });

  it('whose columns are at odds, or hold unknown codes alone, are told', async () => {
    const { reports, tally } = await readRows([
      as(1, 35, 16022),
      { ...as(null, 777, 16999), 'time@hdr': 0 },
      { ...TEMP, 'time@hdr': 10000 },
    ]);
    expect(reports).toHaveLength(3);
    expect(Object.fromEntries(tally.noted)).toEqual({
      'era5_1.report.kind-contradictory': 1,
      'era5_1.report.kind-unknown': 1,
    });
  });

  it('of thousands of surface stations cost no station each', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => ({ 'statid@hdr': String(10_000 + i), ...SYNOP }));
    const { stations, tally } = await listStations(era5_1, [
      inputOf(encodeOdbText(smallTable([...rows, TEMP]))),
    ]);
    expect(stations.map(({ id }) => id)).toEqual(['11035']);
    expect(tally.noted.get('era5_1.report.synop')).toBe(2999);
    expect(tally.skipped).toHaveLength(1);
  });
});
