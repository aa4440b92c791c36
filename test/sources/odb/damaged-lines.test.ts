/** Rows that cannot be read: counted and listed with their line numbers, and a station without any other is damage. */
import { describe, expect, it } from 'vitest';
import { era5_1 } from '../../../src/sources/odb/index.js';
import { smallText } from '../../support/odb-tables.js';
import { inputOf, listStations, readStation } from '../../support/reading.js';
import { parseText, readBytes } from './reading.js';

/** The lines of a text of small rows, the header first. */
function linesOf(count: number, statid = '   11035'): string[] {
  const rows = Array.from({ length: count }, (_, i) => ({
    'statid@hdr': statid,
    'vertco_reference_1@body': 90_000 - i,
  }));
  return smallText(rows).toString('utf8').trimEnd().split('\n');
}

const textOf = (lines: readonly string[]): Buffer => Buffer.from(`${lines.join('\n')}\n`);
/** A line without its last value. */
const cut = (line: string): string => line.slice(0, line.lastIndexOf('\t'));

async function listed(bytes: Uint8Array, path = 'export.txt') {
  const { stations, tally } = await listStations(era5_1, [inputOf(bytes, { path })]);
  return { stations, tally, details: tally.skipped.map(({ detail }) => detail) };
}

describe('rows that cannot be read', () => {
  it('some: the others are read, with the numbers of the lines', async () => {
    const lines = linesOf(6).map((line, i) => (i === 2 || i === 5 ? cut(line) : line));
    const { rows, tally } = await readBytes(textOf(lines));
    expect(rows).toHaveLength(4);
    expect(tally.noted.get('era5_1.line.malformed')).toBe(2);
    expect(tally.skipped.map(({ detail }) => detail)).toEqual(
      [3, 6].map((line) => `line ${line} cannot be read: 8 values where there are 9 columns`),
    );
  });

  it('those of other stations and blank lines count as lines', async () => {
    const [header = '', ...first] = linesOf(3);
    const other = linesOf(2, 'OTHER').slice(1);
    const second = linesOf(2)
      .slice(1)
      .map((line, i) => (i === 1 ? cut(line) : line));
    const bytes = textOf([header, ...first, '', ...other, ...second]);
    const { stations } = await listed(bytes);
    expect(stations.map(({ id }) => id)).toEqual(['11035', 'OTHER']);
    const { rows, tally } = await readStation(era5_1, stations[0] ?? { id: '', files: [] });
    expect(rows).toHaveLength(4);
    expect(tally.skipped).toMatchObject([
      { detail: 'line 9 cannot be read: 8 values where there are 9 columns' },
    ]);
  });

  it.each([
    ['obsvalue@body', 'abc', '"abc" in the column obsvalue@body is no number'],
    ['date@hdr', '2020-01-01', '"2020-01-01" in the column date@hdr is no number'],
    ['varno@body', "'2'", '"\'2\'" in the column varno@body is no number'],
    ['lat@hdr', '48.25N', '"48.25N" in the column lat@hdr is no number'],
  ])('a row whose %s is %s makes none', async (column, text, why) => {
    const [header = '', ...rows] = linesOf(3);
    const place = header.split('\t').indexOf(column);
    const damaged = (rows[1] ?? '').split('\t').map((value, i) => (i === place ? text : value));
    const bytes = textOf([header, rows[0] ?? '', damaged.join('\t'), rows[2] ?? '']);
    const { stations } = await listed(bytes, 'era5.conv._11035');
    const reading = await readStation(era5_1, stations[0] ?? { id: '', files: [] });
    expect(reading.rows).toHaveLength(2);
    expect(reading.tally.skipped).toMatchObject([{ detail: `line 3 cannot be read: ${why}` }]);
  });

  it('a value of another column that cannot be read is missing, counted, and listed once by its column', async () => {
    const { rows, tally } = await parseText(
      "obsvalue@body\tppcode@conv_body\tx@y\n1\t2\t3\n4\tzwei\t5\n6\tdrei\t'x'\n7\t8\t9\n",
    );
    expect(rows.map((row) => row['ppcode@conv_body'])).toEqual([2, Number.NaN, Number.NaN, 8]);
    expect(Object.fromEntries(tally.noted)).toEqual({ 'ds.value.unreadable': 3 });
    expect(tally.skipped).toMatchObject([
      {
        byteOffset: 41,
        reason: 'ds.value.unreadable',
        detail:
          'line 3: "zwei" in the column ppcode@conv_body is no number (the first of the column; all are counted)',
      },
      { detail: `line 4: "'x'" in the column x@y is no number (the first of the column; all are counted)` },
    ]);
  });

  it.each([
    ['in a file of its own', 'era5.conv._11035'],
    ['in a file that is searched', 'export.txt'],
  ])('all of a station, %s: the station fails', async (_, path) => {
    const bytes = textOf(linesOf(4).map((line, i) => (i === 0 ? line : cut(line))));
    const reading = async () => {
      const { stations } = await listed(bytes, path);
      for (const station of stations) await readStation(era5_1, station);
    };
    await expect(reading()).rejects.toMatchObject({
      code: 'NO_USABLE_LEVEL',
      message: `${path}: of 4 lines with values none can be read; the first one is line 2: 8 values where there are 9 columns`,
      position: { line: 2 },
    });
  });

  it('all of one station of two: the other is read', async () => {
    const [header = '', ...good] = linesOf(2);
    const bad = linesOf(3, 'OTHER')
      .slice(1)
      .map((line) => `${line.split('\t').slice(0, -2).join('\t')}\tx\tx`);
    const { stations } = await listed(textOf([header, ...good, ...bad]));
    expect(stations.map(({ id }) => id)).toEqual(['11035', 'OTHER']);
    expect((await readStation(era5_1, stations[0] ?? { id: '', files: [] })).rows).toHaveLength(2);
    await expect(readStation(era5_1, stations[1] ?? { id: '', files: [] })).rejects.toMatchObject({
      code: 'NO_USABLE_LEVEL',
      position: { line: 4 },
    });
  });

  it('a line that has lost a column before the station names no station', async () => {
    const [header = '', ...good] = linesOf(2);
    const names = `reportype\t${header}`;
    const bytes = textOf([names, `16022\t${good[0]}`, good[1] ?? '', `16022\t${good[1]}`]);
    const { stations, details } = await listed(bytes);
    expect(stations.map(({ id }) => id)).toEqual(['11035']);
    expect(details).toEqual(['line 3 cannot be read: 9 values where there are 10 columns']);
  });

  it('a table with other columns within a file of several stations is not searched', async () => {
    const [header = '', ...good] = linesOf(2);
    const other = `${header.split('\t').reverse().join('\t')}`;
    const bytes = textOf([header, ...good, other, ...good, header, ...good]);
    const { stations, tally } = await listed(bytes);
    expect(stations.map(({ id }) => id)).toEqual(['11035']);
    expect(Object.fromEntries(tally.noted)).toEqual({
      'era5_1.line.other-columns': 1,
      'era5_1.row.of-other-columns': 2,
      'era5_1.line.header-repeated': 1,
    });
    const { rows } = await readStation(era5_1, stations[0] ?? { id: '', files: [] });
    expect(rows).toHaveLength(4);
  });
});
