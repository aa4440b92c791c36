import { describe, expect, it } from 'vitest';
import { type Reading, readText, since1900 } from '../../support/igra2-reading.js';

const LEVEL = '10 -9999  85000 -9999 -9999 -9999 -9999   170   120 \n';

/** A header with the given date, hour and release time, one level. */
function readTimes(
  date: string,
  hour: string,
  release: string,
  position = ' 413200  -963669',
): Promise<Reading> {
  return readText(`#USM00072558 ${date} ${hour} ${release}    1 ncdc-nws ncdc6301 ${position}\n${LEVEL}`);
}

describe('times of a report', () => {
  it.each([
    ['release on the day', '2025 03 08', '12', '1110', '2025-03-08T11:10Z', '2025-03-08T12:00Z', 1, []],
    [
      'release the day before',
      '2019 02 20',
      '00',
      '2349',
      '2019-02-19T23:49Z',
      '2019-02-20T00:00Z',
      1,
      ['launch-day-moved'],
    ],
    [
      'release the day after',
      '2019 02 20',
      '23',
      '0030',
      '2019-02-21T00:30Z',
      '2019-02-20T23:00Z',
      1,
      ['launch-day-moved'],
    ],
    ['no release', '2019 02 20', '18', '9999', null, '2019-02-20T18:00Z', 2, []],
    ['blank release', '2019 02 20', '18', '    ', null, '2019-02-20T18:00Z', 2, []],
    [
      'minute missing',
      '2019 02 20',
      '12',
      '1199',
      '2019-02-20T11:00Z',
      '2019-02-20T12:00Z',
      2,
      ['release-minute-missing'],
    ],
    [
      'minute missing, day before',
      '2019 02 20',
      '00',
      '2399',
      '2019-02-19T23:00Z',
      '2019-02-20T00:00Z',
      2,
      ['release-minute-missing', 'launch-day-moved'],
    ],
    ['24:00 at 23 UTC', '2019 02 20', '23', '2400', '2019-02-21T00:00Z', '2019-02-20T23:00Z', 1, []],
    [
      '24:00 at 00 UTC',
      '2019 02 20',
      '00',
      '2400',
      '2019-02-20T00:00Z',
      '2019-02-20T00:00Z',
      1,
      ['launch-day-moved'],
    ],
    ['exactly 12 hours stay', '2019 02 20', '12', '0000', '2019-02-20T00:00Z', '2019-02-20T12:00Z', 1, []],
    ['minute 60', '2019 02 20', '12', '1160', null, '2019-02-20T12:00Z', 2, ['release-invalid']],
    ['minute 98', '2019 02 20', '12', '1198', null, '2019-02-20T12:00Z', 2, ['release-invalid']],
    ['hour 25', '2019 02 20', '12', '2500', null, '2019-02-20T12:00Z', 2, ['release-invalid']],
    ['hour 24 without minute', '2019 02 20', '12', '2499', null, '2019-02-20T12:00Z', 2, ['release-invalid']],
    ['text', '2019 02 20', '12', '11:0', null, '2019-02-20T12:00Z', 2, ['release-invalid']],
    ['no nominal hour', '1935 07 02', '99', '2200', '1935-07-02T22:00Z', null, 1, []],
    ['no nominal hour, late release', '1935 07 02', '99', '0015', '1935-07-02T00:15Z', null, 1, []],
    [
      'leap day',
      '2000 02 29',
      '00',
      '2345',
      '2000-02-28T23:45Z',
      '2000-02-29T00:00Z',
      1,
      ['launch-day-moved'],
    ],
    [
      'new year',
      '2000 01 01',
      '00',
      '2331',
      '1999-12-31T23:31Z',
      '2000-01-01T00:00Z',
      1,
      ['launch-day-moved'],
    ],
  ])('%s', async (_name, date, hour, release, launch, nominal, quality, notes) => {
    const { reports, tally } = await readTimes(date, hour, release);
    expect(reports).toMatchObject([{ timeQuality: quality }]);
    expect(reports[0]?.launch).toBe(since1900(launch));
    expect(reports[0]?.nominal).toBe(since1900(nominal));
    expect(reports[0]?.dateOnly).toBeNaN();
    const found = [...tally.noted.keys()].filter((name) => name.startsWith('igra2.time.'));
    expect(found).toEqual(notes.map((note) => `igra2.time.${note}`));
  });

  it('without hour and release the report is set to local midday', async () => {
    // 90 degrees east is six hours ahead of UTC.
    const { reports, tally } = await readTimes('1950 06 15', '99', '9999', ' 413200   900000');
    expect(reports[0]?.dateOnly).toBe(since1900('1950-06-15T06:00Z'));
    expect(reports[0]).toMatchObject({ launch: Number.NaN, nominal: Number.NaN, timeQuality: 3 });
    expect(tally.noted.get('igra2.time.missing-set-to-local-midday')).toBe(1);
    const invalid = await readTimes('1950 06 15', '99', '2575', ' 413200  -900000');
    expect(invalid.reports[0]?.dateOnly).toBe(since1900('1950-06-15T18:00Z'));
    expect(invalid.tally.noted.get('igra2.time.release-invalid')).toBe(1);
  });
});

describe('position of a report', () => {
  it.each([
    [' 413200  -963669', 41.32, -96.3669],
    ['-300833  1459667', -30.0833, 145.9667],
    ['    500     -500', 0.05, -0.05],
    ['  -9999    -9999', -0.9999, -0.9999],
    ['  -8888    -8888', -0.8888, -0.8888],
    ['-900000 -1800000', -90, -180],
    ['-988888 -9988888', Number.NaN, Number.NaN],
    [' 900001  3600001', Number.NaN, Number.NaN],
    [' 900000  1800000', 90, 180],
    [' 482500  3599000', 48.25, -0.1],
    [' 482500  3050000', 48.25, -55],
    ['                ', Number.NaN, Number.NaN],
    ['-988888  1459667', Number.NaN, 145.9667],
  ])('%j is %d, %d', async (position, latitude, longitude) => {
    const { reports, tally } = await readTimes('2019 02 20', '12', '1110', position);
    expect(reports).toMatchObject([{ latitude, longitude }]);
    const missing = Number.isNaN(latitude) || Number.isNaN(longitude);
    expect(tally.noted.get('igra2.position.missing')).toBe(missing ? 1 : undefined);
  });
});

describe('data sources of a report', () => {
  it.each([
    ['ncdc-gts ncdc6301', 'P_SRC=ncdc-gts NP_SRC=ncdc6301'],
    ['ncdc-gts         ', 'P_SRC=ncdc-gts'],
    ['         cdmp-usm', 'NP_SRC=cdmp-usm'],
    ['                 ', ''],
  ])('%j', async (sources, comment) => {
    const { reports } = await readText(
      `#USM00072558 2019 02 20 12 1110    1 ${sources}  413200  -963669\n${LEVEL}`,
    );
    expect(reports).toMatchObject([{ comment }]);
  });
});

describe('a header that cannot be read', () => {
  it.each([
    ['YEAR', '#USM00072558 20x9 02 20 12 1110    1 ncdc-nws ncdc6301  413200  -963669'],
    ['YEAR', '#USM00072558      02 20 12 1110    1 ncdc-nws ncdc6301  413200  -963669'],
    ['MONTH', '#USM00072558 2019 13 20 12 1110    1 ncdc-nws ncdc6301  413200  -963669'],
    ['DAY', '#USM00072558 2019 02 30 12 1110    1 ncdc-nws ncdc6301  413200  -963669'],
    ['DAY', '#USM00072558 1900 02 29 12 1110    1 ncdc-nws ncdc6301  413200  -963669'],
    ['HOUR', '#USM00072558 2019 02 20 24 1110    1 ncdc-nws ncdc6301  413200  -963669'],
    ['HOUR', '#USM00072558 2019 02 20    1110    1 ncdc-nws ncdc6301  413200  -963669'],
    ['NUMLEV', '#USM00072558 2019 02 20 12 1110      ncdc-nws ncdc6301  413200  -963669'],
    ['LAT', '#USM00072558 2019 02 20 12 1110    1 ncdc-nws ncdc6301  4132x0  -963669'],
    ['LON', '#USM00072558 2019 02 20 12 1110    1 ncdc-nws ncdc6301  413200  - 63669'],
    ['LON', '#USM00072558 2019 02 20 12 1110    1 ncdc-nws ncdc6301  413200  -96366'],
    ['ID', '#USM0007 558 2019 02 20 12 1110    1 ncdc-nws ncdc6301  413200  -963669'],
  ])('%s: the report is skipped with its levels, the next one is read', async (field, header) => {
    const good = '#USM00072558 2019 02 21 12 1110    1 ncdc-nws ncdc6301  413200  -963669';
    const text = `${good}\n${LEVEL}${header}\n${LEVEL}${LEVEL}${good}\n${LEVEL}`;
    const { reports, tally, rows } = await readText(text);
    expect(reports).toHaveLength(2);
    expect(rows).toHaveLength(4);
    expect(tally.skipped).toEqual([
      {
        file: 'station.txt',
        byteOffset: good.length + 1 + LEVEL.length,
        reason: 'igra2.report.header-unreadable',
        detail: `the header's ${field} is not readable`,
      },
    ]);
    expect(tally.noted.get('igra2.report.header-unreadable')).toBe(1);
    expect(tally.noted.get('igra2.level.of-skipped-report')).toBe(2);
    expect(tally.levels).toBe(2);
  });

  it('again and again: all are counted, a hundred are listed', async () => {
    const header = '#USM00072558 2019 02 30 12 1110    0 ncdc-nws ncdc6301  413200  -963669\n';
    const { tally } = await readText(header.repeat(500));
    expect(tally.noted.get('igra2.report.header-unreadable')).toBe(500);
    expect(tally.skipped).toHaveLength(100);
  });
});

describe('the year of a report', () => {
  it.each(['0001', '1849', '2101', '2999', '9999'])(
    '%s is none of a sounding: counted and skipped',
    async (year) => {
      const reading = await readTimes(`${year} 02 20`, '12', '1110');
      expect(reading.reports).toEqual([]);
      expect(reading.tally.noted.get('igra2.report.date-invalid')).toBe(1);
      expect(reading.tally.skipped).toEqual([
        {
          file: 'station.txt',
          byteOffset: 0,
          reason: 'igra2.report.date-invalid',
          detail: `the year ${Number(year)} is none of a sounding`,
        },
      ]);
    },
  );

  it.each(['1850', '2100'])('%s is one', async (year) => {
    expect((await readTimes(`${year} 02 20`, '12', '1110')).reports).toHaveLength(1);
  });
});

describe('a header out of its columns', () => {
  const header = '#USM00072558 2025 03 08 12 1110    1 ncdc-nws ncdc6301  413200  -963669';
  const inserted = (at: number): string => `${header.slice(0, at)} ${header.slice(at)}`;
  it.each([12, 31, 37, 40, 46, 50, 55, 63])('with one more blank at %i is not readable', async (at) => {
    const { reports, tally } = await readText(`${header}\n${LEVEL}${inserted(at)}\n${LEVEL}`);
    expect(reports).toHaveLength(1);
    expect(tally.skipped.map(({ reason }) => reason)).toEqual(['igra2.report.header-unreadable']);
  });

  it.each([12, 17, 20, 23, 26, 31, 36, 45, 54, 62])('with a digit in the blank column at %i', async (at) => {
    const { tally } = await readText(
      `${header}\n${LEVEL}${header.slice(0, at)}1${header.slice(at + 1)}\n${LEVEL}`,
    );
    expect(tally.skipped).toMatchObject([{ reason: 'igra2.report.header-unreadable' }]);
    expect(tally.skipped[0]?.detail).toBe(`the header's column ${at + 1} is not readable`);
  });
});
