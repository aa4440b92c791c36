import { describe, expect, it } from 'vitest';
import { uadbHeader } from '../../support/uadb-encoder.js';
import { counted, isAccountedFor, type Reading, readText, since1900 } from '../../support/uadb-reading.js';

//               1         2         3         4         5         6         7         8         9         10
//      123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012
const HEADER =
  'H     44795206  82930  1  27  2.40  1 1978 10 12 1100  1    -9.3700   305.1000    432  3    1    3.3.0';
const LEVEL = '   2    850.0   1514.0   18.2   72.6    100    4.1\n';

/** The header with other text from a column (1-based) on, and one level. */
function readWith(column: number, text: string): Promise<Reading> {
  const header = HEADER.slice(0, column - 1) + text + HEADER.slice(column - 1 + text.length);
  expect(header).toHaveLength(HEADER.length);
  return readText(`${header}\n${LEVEL}`);
}

describe('a header', () => {
  it('gives every field of the report', async () => {
    const reading = await readText(`${HEADER}\n${LEVEL}`);
    expect(reading.reports).toEqual([
      {
        launch: Number.NaN,
        nominal: since1900('1978-10-12T11:00Z'),
        dateOnly: Number.NaN,
        timeQuality: 1,
        latitude: -9.37,
        longitude: -54.9,
        rowCount: 5,
        inputFile: 0,
        byteOffset: 0,
        elevation: 432,
        kind: 3,
        number: 44_795_206,
        sondeType: -1,
        comment: 'source=27 date_flag=1 location_flag=1 sounding_type=3',
      },
    ]);
    expect(Object.fromEntries(reading.tally.noted)).toEqual({
      'ncar.level.type-2': 1,
      'ncar.wind_speed.may-be-knots': 1,
    });
  });

  it('may lack the product version, and the flags', async () => {
    const short = await readText(`${HEADER.slice(0, 93)}\n${LEVEL}`);
    expect(short.reports).toHaveLength(1);
    const bare = await readText(
      `${HEADER}\n${LEVEL}${HEADER.replace('27  2.40  1', '           ')}\n${LEVEL}`,
    );
    expect(bare.reports[1]?.comment).toBe('location_flag=1 sounding_type=3');
    const noType = await readWith(87, '  ');
    expect(noType.reports[0]).toMatchObject({
      kind: -1,
      comment: 'source=27 date_flag=1 location_flag=1',
    });
  });

  it('without a sounding id is counted', async () => {
    for (const text of ['            ', '        -999', '      12x456']) {
      const reading = await readWith(3, text);
      expect(reading.reports[0]?.number).toBeNaN();
      expect(counted(reading, 'sounding-id.missing')).toBe(1);
    }
  });
});

describe('time of a report', () => {
  it.each([
    ['1200', '1978-10-12T12:00Z', 1, []],
    ['   0', '1978-10-12T00:00Z', 1, []],
    ['0000', '1978-10-12T00:00Z', 1, []],
    ['  30', '1978-10-12T00:30Z', 1, []],
    [' 600', '1978-10-12T06:00Z', 1, []],
    ['2359', '1978-10-12T23:59Z', 1, []],
    ['2400', '1978-10-13T00:00Z', 1, ['time.hour-24']],
    ['1160', '1978-10-12T12:00Z', 1, ['time.minute-60']],
    ['2360', '1978-10-13T00:00Z', 1, ['time.minute-60']],
    ['1199', '1978-10-12T11:00Z', 2, ['time.minute-missing']],
    ['  99', '1978-10-12T00:00Z', 2, ['time.minute-missing']],
    ['1161', '1978-10-12T11:00Z', 2, ['time.minute-invalid']],
    ['1198', '1978-10-12T11:00Z', 2, ['time.minute-invalid']],
  ])('HOUR %j is %s', async (hour, nominal, timeQuality, notes) => {
    const { reports, tally } = await readWith(50, hour);
    expect(reports).toMatchObject([{ timeQuality, launch: Number.NaN, dateOnly: Number.NaN }]);
    expect(reports[0]?.nominal).toBe(since1900(nominal));
    const found = [...tally.noted.keys()].filter((name) => name.startsWith('ncar.time.'));
    expect(found).toEqual(notes.map((note) => `ncar.${note}`));
  });

  it.each([
    ['9999', false],
    ['9900', false],
    ['9960', false],
    ['    ', false],
    ['2401', true],
    ['2499', true],
    ['2500', true],
    ['9800', true],
    ['-100', true],
    ['12:0', true],
    ['12.5', true],
  ])('HOUR %j is unknown: local midday of the date', async (hour, invalid) => {
    const { reports, tally } = await readWith(50, hour);
    // 54.9 degrees west is 3 h 39 min 36 s behind UTC.
    expect(reports).toMatchObject([{ timeQuality: 3, launch: Number.NaN, nominal: Number.NaN }]);
    expect(reports[0]?.dateOnly).toBe(since1900('1978-10-12T15:39:36Z'));
    expect(tally.noted.get('ncar.time.missing-set-to-local-midday')).toBe(1);
    expect(tally.noted.get('ncar.time.invalid')).toBe(invalid ? 1 : undefined);
    expect(tally.skipped).toEqual([]);
  });

  it.each([
    ['1880  1  1', '1880-01-01T11:00Z'],
    ['1899 12 31', '1899-12-31T11:00Z'],
    ['2000  2 29', '2000-02-29T11:00Z'],
    ['2000 02 29', '2000-02-29T11:00Z'],
    ['2100 12 31', '2100-12-31T11:00Z'],
  ])('date %s', async (date, nominal) => {
    const { reports } = await readWith(39, date);
    expect(reports.map((report) => report.nominal)).toEqual([since1900(nominal)]);
  });
});

describe('reports that are kept out', () => {
  it.each([
    ['day 99', 39, '1978 10 99', 'day-unknown', 'the date "1978 10 99" has no day'],
    ['31 September', 39, '1978  9 31', 'date-invalid', 'there is no date "1978  9 31"'],
    ['29 February', 39, '1900  2 29', 'date-invalid', 'there is no date "1900  2 29"'],
    ['month 13', 39, '1978 13 12', 'date-invalid', 'there is no date "1978 13 12"'],
    ['day 0', 39, '1978 10  0', 'date-invalid', 'there is no date "1978 10  0"'],
    ['year 9999', 39, '9999 10 12', 'date-invalid', 'the year 9999 is none of a sounding'],
    ['negative month', 39, '1978 -9 12', 'date-invalid', 'there is no date "1978 -9 12"'],
    ['no year', 39, '    ', 'date-invalid', 'there is no date "10 12"'],
    ['year', 39, '19x8', 'header-unreadable', "the header's YEAR is not readable"],
    ['month', 44, 'xx', 'header-unreadable', "the header's MONTH is not readable"],
    ['day', 47, '1 ', 'header-unreadable', "the header's DAY is not readable"],
    ['latitude', 58, '   -9.37.0', 'header-unreadable', "the header's LAT is not readable"],
    ['longitude', 69, '  305.10E0', 'header-unreadable', "the header's LON is not readable"],
    ['number of levels', 90, '    ', 'header-unreadable', "the header's NUMLEV is not readable"],
    ['number of levels', 90, '  -1', 'header-unreadable', "the header's NUMLEV is not readable"],
    ['station id', 16, '      ', 'header-unreadable', "the header's station id is not readable"],
    ['station id', 16, '"8293"', 'header-unreadable', "the header's station id is not readable"],
    ['station id', 16, "82930'", 'header-unreadable', "the header's station id is not readable"],
    ['station id', 16, '82 930', 'header-unreadable', "the header's station id is not readable"],
    ['a separator', 49, '_', 'header-unreadable', "the header's column 49 is not readable"],
    [
      'columns shifted by one',
      38,
      HEADER.slice(36, 101),
      'header-unreadable',
      "the header's column 38 is not readable",
    ],
    ['id type', 23, '  ', 'header-unreadable', "the header's id type is not readable"],
  ])('%s: counted and listed, with the levels', async (_name, column, text, reason, detail) => {
    const bad = HEADER.slice(0, column - 1) + text + HEADER.slice(column - 1 + text.length);
    const first = `${HEADER}\n${LEVEL}`;
    const reading = await readText(`${first}${bad}\n${LEVEL}${first}`);
    expect(reading.reports).toHaveLength(2);
    expect(reading.tally.skipped).toEqual([
      { file: 'station.txt', byteOffset: first.length, reason: `ncar.report.${reason}`, detail },
    ]);
    expect(counted(reading, `report.${reason}`)).toBe(1);
    expect(counted(reading, 'level.of-skipped-report')).toBe(1);
    expect(isAccountedFor(reading)).toBe(true);
  });

  it('are listed a hundred times per reason and file, and all counted', async () => {
    const bad = `${HEADER.replace('10 12', '10 99')}\n${LEVEL}`;
    const reading = await readText(`${HEADER}\n${LEVEL}${bad.repeat(150)}`);
    expect(reading.tally.skipped).toHaveLength(100);
    expect(counted(reading, 'report.day-unknown')).toBe(150);
    expect(counted(reading, 'level.of-skipped-report')).toBe(150);
  });
});

describe('position of a report', () => {
  it.each([
    ['   -9.3700   305.1000', -9.37, -54.9],
    ['   48.2500    16.3700', 48.25, 16.37],
    ['    0.0700   180.0000', 0.07, 180],
    ['   -0.9999   180.0001', -0.9999, -179.9999],
    ['  -90.0000   360.0000', -90, 0],
    ['   90.0000   359.9999', 90, -0.0001],
    ['   10.0000  -179.5000', 10, -179.5],
    [' -999.0000  -999.0000', Number.NaN, Number.NaN],
    ['  -99999.0   -99999.0', Number.NaN, Number.NaN],
    ['                     ', Number.NaN, Number.NaN],
    ['   90.0001   360.0001', Number.NaN, Number.NaN],
    [' -999.0000    16.3700', Number.NaN, 16.37],
  ])('%j is %d, %d', async (position, latitude, longitude) => {
    const reading = await readWith(58, position.padStart(21));
    expect(reading.reports).toMatchObject([{ latitude, longitude }]);
    const missing = Number.isNaN(latitude) || Number.isNaN(longitude);
    expect(counted(reading, 'position.missing')).toBe(missing ? 1 : 0);
  });

  it.each([
    ['   432', 432, null],
    ['  -300', -300, null],
    [' 423.5', 423.5, null],
    ['     0', 0, null],
    ['  -999', Number.NaN, 'missing'],
    ['-999.0', Number.NaN, 'missing'],
    ['-999.9', Number.NaN, 'missing'],
    [' -9999', Number.NaN, 'missing'],
    ['-99999', Number.NaN, 'missing'],
    ['      ', Number.NaN, 'missing'],
    ['  9999', Number.NaN, 'out-of-range'],
    ['  -500', -500, null],
    ['  -501', Number.NaN, 'out-of-range'],
    ['  9000', 9000, null],
    ['  9001', Number.NaN, 'out-of-range'],
    [' 43x2 ', Number.NaN, 'unreadable'],
  ])('elevation %j', async (text, elevation, note) => {
    const reading = await readWith(80, text);
    expect(reading.reports).toMatchObject([{ elevation }]);
    const found = [...reading.tally.noted.keys()].filter((name) => name.startsWith('ncar.elevation'));
    expect(found).toEqual(note === null ? [] : [`ncar.elevation.${note}`]);
  });
});

describe('encoder', () => {
  it('writes the header of the archive', () => {
    expect(
      uadbHeader({
        number: 44_795_206,
        station: '82930',
        idType: 1,
        year: 1978,
        month: 10,
        day: 12,
        hour: 1100,
        latitude: -9.37,
        longitude: 305.1,
        elevation: 432,
        levels: [],
        announcedLevels: 1,
      }),
    ).toBe(HEADER);
  });
});
