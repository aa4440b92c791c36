import { describe, expect, it } from 'vitest';
import { era5_1, era5_3188 } from '../../../src/sources/odb/index.js';
import { stationIdOf } from '../../../src/sources/odb/station-id.js';
import { encodeOdbText } from '../../support/odb-encoder.js';
import { smallTable, smallText } from '../../support/odb-tables.js';
import { encodeOdb2 } from '../../support/odb2-encoder.js';
import { inputOf, listStations, readStation } from '../../support/reading.js';

const own = (id: string, scheme: number) => ({
  primaryId: id,
  primaryScheme: scheme,
  secondaryId: null,
  secondaryScheme: 6,
  platformType: null,
});

describe('identify', () => {
  it('five digits without a prefix are a WMO number', () => {
    expect(era5_1.identify('01001')).toEqual({
      primaryId: '0-20000-0-01001',
      primaryScheme: 0,
      secondaryId: '01001',
      secondaryScheme: 4,
      platformType: 0,
    });
  });

  it.each([
    ['C:4629', 6],
    ['3:99041', 6],
    ['6:99041', 6],
    ['9:967', 6],
    ['ASDE3', 5],
    ['DBLK', 5],
    ['1001', 6],
    ['110350', 6],
    ['Å:1', 6],
  ])('%s stays, with scheme %i', (id, scheme) => {
    expect(era5_1.identify(id)).toEqual(own(id, scheme));
  });
});

describe('ids', () => {
  it('of WBAN stations are those that other archives give them; the own id is the secondary one', () => {
    expect(era5_1.identify('2:99007')).toEqual({
      primaryId: 'WBAN-99007',
      primaryScheme: 3,
      secondaryId: '2:99007',
      secondaryScheme: 6,
      platformType: null,
    });
    expect(era5_1.identify('2:3017').primaryId).toBe('WBAN-03017');
    expect(era5_1.identify('2:X').primaryId).toBe('2:X');
  });

  it.each([
    ['0-276-0-10393', null],
    ['0-20003-0-DBLK', 2],
    ['0-20007-0-1234567', 2],
  ])('%s is a WIGOS id', (id, platformType) => {
    expect(era5_1.identify(id)).toMatchObject({
      primaryId: id,
      primaryScheme: 0,
      secondaryId: null,
      platformType,
    });
  });

  it.each([
    ['11035', '11035'],
    ['   11035', '11035'],
    ['"   11035"', '11035'],
    ["'11035   '", '11035'],
    [' " 11035 " ', '11035'],
    ['1:11035 ', '11035'],
    ['1: 11035', '11035'],
    ['1:1001', '01001'],
    ['0-20000-0-11035', '11035'],
    ['"0-20000-0-11035"', '11035'],
    ['0-276-0-10393', '0-276-0-10393'],
    ['DEMO1', 'DEMO1'],
    ['"DEMO1"', 'DEMO1'],
    ['2:99007 ', '2:99007'],
    ['1:ABC', 'ABC'],
    ["O'Brien", "O'Brien"],
    ['"11035', ''],
    ["11035'", ''],
    ['""', ''],
    ['11\u00000', ''],
  ])('%j is the station %j', (statid, id) => {
    expect(stationIdOf(statid)).toBe(id);
  });

  it('a WMO number and the WIGOS id made of it are one station, in text and in ODB-2', async () => {
    const rows = [
      { 'statid@hdr': '   11035', 'time@hdr': 110000 },
      { 'statid@hdr': '0-20000-0-11035', 'time@hdr': 120000 },
      { 'statid@hdr': '1:11035 ', 'time@hdr': 130000 },
    ];
    const { columns, rows: values } = smallTable(rows);
    const frame = {
      columns: columns.map((column, i) => ({ ...column, values: values.map((row) => row[i] ?? 0) })),
    };
    for (const bytes of [smallText(rows), encodeOdb2([frame])]) {
      const { stations } = await listStations(era5_1, [inputOf(bytes)]);
      expect(stations.map(({ id }) => id)).toEqual(['11035']);
      const { reports } = await readStation(era5_1, stations[0] ?? { id: '', files: [] });
      expect(reports).toHaveLength(3);
    }
  });
});

describe('list', () => {
  const three = smallText([
    { 'statid@hdr': '1:82930 ' },
    { 'statid@hdr': '1:82930 ', 'varno@body': 3 },
    { 'statid@hdr': '   11035' },
    { 'statid@hdr': ' ', 'varno@body': 4 },
    { 'statid@hdr': null, 'varno@body': 4 },
    { 'statid@hdr': '1:82930 ', 'time@hdr': 0 },
    { 'statid@hdr': 'C:4629  ' },
  ]);

  it('finds the stations of a file, their rows alone; blank ids are counted', async () => {
    const { stations, tally } = await listStations(era5_1, [
      inputOf(three, { path: 'all.txt', chunks: [100] }),
    ]);
    expect(stations.map(({ id }) => id)).toEqual(['11035', '82930', 'C:4629']);
    expect(Object.fromEntries(tally.noted)).toEqual({ 'era5_1.row.blank-station': 2 });
    expect(tally.skipped).toMatchObject([{ file: 'all.txt', reason: 'era5_1.row.blank-station' }]);
    const readings = await Promise.all(stations.map((station) => readStation(era5_1, station)));
    expect(readings.map(({ reports }) => reports.map(({ rowCount }) => rowCount))).toEqual([
      [1],
      [2, 1],
      [1],
    ]);
    expect(readings.map(({ tally: { noted } }) => noted.size)).toEqual([0, 0, 0]);
  });

  it.each([
    ['era5.conv._82930', '   82930'],
    ['era5.conv._82930.gz', '   82930'],
    ['era5.conv.201906.82930.txt', '82930'],
    ['era5.1759.conv._1:82930', '1:82930 '],
    ['era5.1759.conv._6:99041', '6:99041 '],
    ['era5.3188.conv._C:4629.gz', 'C:4629'],
    ['era5.conv._Åse:1', 'Åse:1'],
  ])('%s names its station: the rest of the file is not searched', async (path, statid) => {
    const bytes = smallText([{ 'statid@hdr': statid }, { 'statid@hdr': statid }, { 'statid@hdr': 'OTHER' }]);
    const { stations } = await listStations(era5_1, [inputOf(bytes, { path })]);
    expect(stations.map(({ id, files }) => [id, files[0]?.parts])).toEqual([
      [statid.trim().replace('1:82930', '82930'), undefined],
    ]);
    const { reports, tally } = await readStation(era5_1, stations[0] ?? { id: '', files: [] });
    expect(reports.map(({ rowCount }) => rowCount)).toEqual([2]);
    expect(tally.noted.get('era5_1.row.other-station')).toBe(1);
    expect(tally.skipped[0]?.detail).toContain('rename the file');
  });

  it('the months of a station are one station, in the order given; their columns together', async () => {
    const months = [
      smallText([{ 'statid@hdr': '82930', 'fg_depar@body': 1.5, 'hits@conv': 3 }]),
      smallText([{ 'statid@hdr': '82930', 'date@hdr': 20190320, 'hits@conv': 'x', 'an_depar@body': 2.5 }]),
    ];
    const files = months.map((bytes, i) => inputOf(bytes, { path: `era5.conv.20190${i + 2}.82930.txt` }));
    const { stations } = await listStations(era5_1, files);
    expect(stations.map(({ id, files: of }) => [id, of.map(({ path }) => path)])).toEqual([
      ['82930', files.map(({ path }) => path)],
    ]);
    const [station = { id: '', files: [] }] = stations;
    const columns = (await era5_1.feedback?.(station)) ?? [];
    expect(columns.slice(-3)).toEqual([
      { name: 'fg_depar@body', kind: 'double' },
      { name: 'hits@conv', kind: 'text' },
      { name: 'an_depar@body', kind: 'double' },
    ]);
    const { rows, reports } = await readStation(era5_1, station);
    expect(reports.map(({ inputFile }) => inputFile)).toEqual([0, 1]);
    expect(rows.map(({ feedback: f }) => [f['fg_depar@body'], f['hits@conv'], f['an_depar@body']])).toEqual([
      [1.5, '3', Number.NaN],
      [Number.NaN, 'x', 2.5],
    ]);
  });

  it('columns with and without their tables are one column', async () => {
    const table = smallTable([{ 'statid@hdr': '82930', expver: '0001', 'an_depar@body': 0.5 }]);
    const bare = encodeOdbText(table, { tableNames: false });
    const desc = encodeOdbText({
      ...table,
      columns: table.columns.map(({ name, type }) => ({
        name: name === 'expver' ? 'expver@desc' : name,
        type,
      })),
    });
    const named = encodeOdbText(table);
    for (const bytes of [bare, desc]) {
      const station = { id: '82930', files: [named, bytes].map((file) => inputOf(file, { path: '82930' })) };
      const columns = (await era5_1.feedback?.(station)) ?? [];
      expect(columns.map(({ name }) => name)).toEqual(table.columns.map(({ name }) => name));
      const { rows } = await readStation(era5_1, station);
      expect(rows[1]?.feedback).toEqual(rows[0]?.feedback);
    }
  });

  it('a file without a header line end or without rows has no station', async () => {
    const header = smallText([]);
    for (const bytes of [header, header.subarray(0, -1)]) {
      const { stations } = await listStations(era5_1, [inputOf(bytes)]);
      expect(stations).toEqual([]);
    }
  });

  it('a database without the columns of soundings is refused by their names', async () => {
    const order = [0, 1, 2, 3, 5, 6, 7];
    const bytes = encodeOdbText(smallTable([{}]), { order });
    expect(era5_1.recognise(bytes)).toEqual({ fits: true });
    await expect(listStations(era5_1, [inputOf(bytes)])).rejects.toMatchObject({
      code: 'MISSING_COLUMN',
      message: 'station.txt: an observation database without the columns lon, vertco_reference_1',
      position: { file: 'station.txt' },
    });
  });
});

describe('recognise', () => {
  const fits = (text: string | Uint8Array) =>
    era5_3188.recognise(typeof text === 'string' ? Buffer.from(text, 'latin1') : text);

  it('knows text exports, cut heads and ODB-2', () => {
    for (const style of [{}, { padded: true }, { tableNames: false }, { lineEnd: '\r\n' as const }])
      expect(fits(encodeOdbText(smallTable([{}]), style))).toEqual({ fits: true });
    expect(fits('statid\tvarno\tobsva')).toEqual({ fits: true });
    expect(fits('\xff\xffODA\x00\x00')).toEqual({ fits: true });
    expect(fits(`\u00ef\u00bb\u00bfstatid@hdr\tvarno@body\n`)).toEqual({ fits: true });
    expect(fits(Array.from({ length: 400 }, (_, i) => `column_${i}@body`).join('\t'))).toEqual({
      fits: true,
    });
  });

  it.each([
    ['', 'nothing: the file is empty'],
    ['\x1f\x8b\x08', 'gzip data inside the input'],
    ['PK\x03\x04', 'a zip archive inside the input'],
    ['BUFR\x00', 'a BUFR file'],
    ['GRIB\x00', 'a GRIB file'],
    ['\x89HDF\r\n', 'a netCDF-4 or HDF5 file'],
    ['CDF\x01', 'a netCDF file'],
    ['#USM00070026 2010 06 01 00 2300  158', 'IGRA 2 soundings'],
    ['<!DOCTYPE html>', 'an HTML page'],
    ...[
      [',', 'commas'],
      [';', 'semicolons'],
      ['|', 'bars'],
      [' ', 'other separators than tabs'],
    ].map(([separator = '', words]): [text: string, saw: string] => [
      `${['statid@hdr', 'varno@body', 'obsvalue@body'].join(separator)}\n`,
      `a table of observations with ${words} between its columns: export it with tabs, as odc sql does without -delimiter`,
    ]),
    [
      `${"1\t'   11035'\t20200115\t113400\t48.25\t16.37\t2\t1\t92500.0\tNULL"}\n`,
      'rows of an observation database without the names of their columns: export them without -T',
    ],
    [
      'statid@hdr\tdegrees(lat@hdr)\tvarno@body\n',
      'a table of observations whose column 2 is called "degrees(lat@hdr)", which is no name: select it with "as" and a name',
    ],
    [
      'statid@hdr\t\tvarno@body\n',
      'a table of observations whose column 2 is called "", which is no name: select it with "as" and a name',
    ],
    ['a\tb\tc\n1\t2\t3\n', 'text that begins with "a\\tb\\tc"'],
    ['\x00\x01\x02', 'binary data'],
  ])('%j is refused and named', async (text, saw) => {
    expect(fits(text)).toEqual({ fits: false, saw });
    await expect(listStations(era5_3188, [inputOf(text, { path: 'p' })])).rejects.toMatchObject({
      code: 'WRONG_FORMAT',
      message: `p: expected ODB text or ODB-2, found ${saw}`,
    });
  });
});

describe('descriptors', () => {
  it.each(['era5_1', 'era5_2', 'era5_1759', 'era5_1761', 'era5_3188'])('%s', async (id) => {
    const { odbSource } = await import('../../../src/sources/odb/index.js');
    expect(await odbSource(id).describe()).toMatchObject({
      id,
      sourceFormat: 101,
      login: true,
      feedback: [
        {
          group: 'era5fb',
          table: 'era5fb_table',
          columns: ['*'],
          departures: { 'an_depar@body': 'analysis', 'fg_depar@body': 'first guess' },
        },
      ],
    });
  });
});
