/** Faults of other readers of the archive, each with the input that shows it. */
import { describe, expect, it } from 'vitest';
import { readText, since1900 } from '../../support/igra2-reading.js';

const LEVEL = '10 -9999  85000 -9999 -9999 -9999 -9999   170   120 \n';
const header = (date: string, hour: string, release: string, position = ' 413200  -963669'): string =>
  `#USM00072558 ${date} ${hour} ${release}    1 ncdc-nws          ${position}\n`;
const launchOf = async (date: string, hour: string, release: string): Promise<number | undefined> =>
  (await readText(header(date, hour, release) + LEVEL)).reports[0]?.launch;

describe('known fault:', () => {
  it('release time read as five digits (2304 becomes 02:30)', async () => {
    expect(await launchOf('2010 06 01', '22', '2304')).toBe(since1900('2010-06-01T23:04Z'));
    expect(await launchOf('2010 06 01', '01', '0005')).toBe(since1900('2010-06-01T00:05Z'));
  });

  it('latitude by string surgery (raw 500 becomes 50.0, raw -500 fails)', async () => {
    const north = await readText(header('2010 06 01', '12', '1110', '    500     -500') + LEVEL);
    expect(north.reports[0]).toMatchObject({ latitude: 0.05, longitude: -0.05 });
    const south = await readText(header('2010 06 01', '12', '1110', '   -500      500') + LEVEL);
    expect(south.reports[0]).toMatchObject({ latitude: -0.05, longitude: 0.05 });
  });

  it('-8888 and -9999 leak into winds', async () => {
    const { rows, tally } = await readText(
      `${header('2010 06 01', '12', '1110')}10 -9999  85000 -9999 -9999 -9999 -9999 -8888 -9999 \n`,
    );
    expect(rows).toEqual([]);
    expect(tally.dropped.get('igra2.wind_from_direction.qa-removed')).toBe(1);
    expect(tally.dropped.get('igra2.wind_speed.missing')).toBe(1);
  });

  it('consecutive odd days are merged (a date as a float of 32 bits)', async () => {
    const text = ['2019 02 20', '2019 02 21', '2019 02 22', '2019 02 23'].map(
      (day) => header(day, '12', '9999') + LEVEL,
    );
    const { reports } = await readText(text.join(''));
    expect(reports.map(({ nominal }) => nominal)).toEqual([
      since1900('2019-02-20T12:00Z'),
      since1900('2019-02-21T12:00Z'),
      since1900('2019-02-22T12:00Z'),
      since1900('2019-02-23T12:00Z'),
    ]);
  });

  it('the day of the release is moved for hour 00 only', async () => {
    expect(await launchOf('2019 02 20', '23', '0030')).toBe(since1900('2019-02-21T00:30Z'));
    expect(await launchOf('2019 02 20', '01', '2340')).toBe(since1900('2019-02-19T23:40Z'));
    expect(await launchOf('2019 02 20', '00', '2349')).toBe(since1900('2019-02-19T23:49Z'));
    expect(await launchOf('2019 02 20', '00', '1930')).toBe(since1900('2019-02-19T19:30Z'));
  });

  it('dates before 1900 become 1900, dates after 2038 overflow', async () => {
    expect(await launchOf('1880 01 01', '12', '1200')).toBe(since1900('1880-01-01T12:00Z'));
    expect(await launchOf('2100 12 31', '12', '1159')).toBe(since1900('2100-12-31T11:59Z'));
    expect(await launchOf('2038 01 19', '03', '0315')).toBe(since1900('2038-01-19T03:15Z'));
  });

  it('values that look like a sentinel after conversion become missing', async () => {
    const { rows } = await readText(
      `${header('2010 06 01', '12', '1110')}20 -9999  99990  9999  -999   999   888    99   999 \n`,
    );
    expect(rows.map(({ z, value }) => [z, value])).toEqual([
      [99990, 88.8],
      [99990, 99],
      [99990, 99.9],
      [99990, 9999],
      [99990, -99.9],
      [99990, 99.9],
    ]);
  });

  it('99999 Pa goes missing', async () => {
    const { rows } = await readText(
      `${header('2010 06 01', '12', '1110')}20 -9999  99999   100 -9999 -9999 -9999 -9999 -9999 \n`,
    );
    expect(rows).toMatchObject([{ z: 99999, zType: 1 }]);
  });

  it('quality flags, level types and elapsed times are thrown away', async () => {
    const { rows, tally } = await readText(
      `${header('2010 06 01', '12', '1110')}22  3312  29550B 9040A -469B  139   157   213   350 \n`,
    );
    expect(rows.map(({ quality }) => quality)).toEqual([2, 2, 2, 0, 0, 2]);
    expect(rows.every(({ elapsed }) => elapsed === 33 * 60 + 12)).toBe(true);
    expect(tally.noted.get('igra2.level.tropopause')).toBe(1);
    expect(tally.noted.get('igra2.level.other-pressure')).toBe(1);
    expect(tally.noted.get('igra2.flag.geopotential_height.A')).toBe(1);
  });

  it('winds by height get the pressure type and no coordinate', async () => {
    const { rows } = await readText(
      `${header('2010 06 01', '12', '1110')}30 -9999  -9999  1500 -9999 -9999 -9999   180   100 \n`,
    );
    expect(rows).toMatchObject([
      { z: 1500, zType: 0, variable: 106, value: 180 },
      { z: 1500, zType: 0, variable: 107, value: 10 },
    ]);
  });

  it('two soundings with one time are fused', async () => {
    const { reports } = await readText((header('2010 06 01', '12', '1110') + LEVEL).repeat(2));
    expect(reports).toHaveLength(2);
  });

  it('the last sounding of a file is lost', async () => {
    const { reports } = await readText(
      header('2010 06 01', '12', '1110') + LEVEL + header('2010 06 02', '12', '1110') + LEVEL.trimEnd(),
    );
    expect(reports).toHaveLength(2);
  });
});
