import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.js';
import { createTally } from '../../../src/records/tally.js';
import { createLineDamage } from '../../../src/sources/text/line-damage.js';
import * as igra2 from '../../support/igra2-reading.js';
import * as uadb from '../../support/uadb-reading.js';

const IGRA2_HEADER = '#USM00072558 2025 03 08 12 1110    3 ncdc-nws           413200  -963669\n';
const IGRA2_LEVEL = '20    15  96697   449B  -34B  649    56   277    47\n';
const UADB_HEADER =
  'H     44795206  82930  1  27  2.40  1 1978 10 12 1100  1    -9.3700   305.1000    432  3    3    3.3.0\n';
const UADB_LEVEL = '   3    850.0   1514.0   18.2   72.6    100    4.1\n';

/** The formats of lines whose readers share the rule; what `damage` makes of a level is none. */
const FORMATS = [
  { dataset: 'igra2', read: igra2.readText, header: IGRA2_HEADER, level: IGRA2_LEVEL, rows: 6 },
  { dataset: 'ncar', read: uadb.readText, header: UADB_HEADER, level: UADB_LEVEL, rows: 5 },
] as const;

describe.each(FORMATS)('$dataset', ({ dataset, read, header, level, rows }) => {
  const kinds: [string, (line: string) => string][] = [
    ['wider by a column', (line) => `${line.slice(0, 8)} ${line.slice(8)}`],
    ['shifted to the right', (line) => ` ${line}`],
    ['shifted by a tab', (line) => `\t${line}`],
    ['without its first column', (line) => line.slice(1)],
    ['in other columns', (line) => `${line.trim().split(/ +/).join(',')}\n`],
    ['cut', (line) => `${line.slice(0, 12)}\n`],
  ];

  it.each(kinds)('of levels that are all %s none can be read: the station fails', async (_kind, damage) => {
    const reading = read(header + damage(level).repeat(3));
    await expect(reading).rejects.toBeInstanceOf(InputError);
    await expect(reading).rejects.toMatchObject({
      code: 'NO_USABLE_LEVEL',
      position: { file: 'station.txt', line: 2, byteOffset: header.length },
      hint: expect.stringContaining('columns'),
    });
    await expect(reading).rejects.toThrow(/station\.txt: of 3 lines with values none can be read.* line 2: /);
  });

  it.each(kinds.slice(0, 1))('of levels some of which are %s the others are read', async (_kind, damage) => {
    const reading = await read(header + level + damage(level) + level + header + level.repeat(3));
    expect(reading.rows).toHaveLength(rows * 5);
    expect(reading.tally.noted.get(`${dataset}.line.malformed`)).toBe(1);
    expect(reading.tally.skipped).toEqual([
      {
        file: 'station.txt',
        byteOffset: header.length + level.length,
        reason: `${dataset}.line.malformed`,
        detail: 'line 3 cannot be read: the columns are not those of a level',
      },
    ]);
  });

  it('lists ten of a file with their numbers and counts all', async () => {
    const damaged = `${level.slice(0, 8)} ${level.slice(8)}`;
    const report = header + level + damaged + damaged;
    const { tally } = await read(report.repeat(20));
    expect(tally.noted.get(`${dataset}.line.malformed`)).toBe(40);
    expect(tally.skipped).toHaveLength(10);
    expect(tally.skipped.map(({ detail }) => Number(/^line (\d+)/.exec(detail)?.[1]))).toEqual([
      3, 4, 7, 8, 11, 12, 15, 16, 19, 20,
    ]);
    for (const { detail, byteOffset } of tally.skipped) {
      const line = Number(/^line (\d+)/.exec(detail)?.[1]);
      expect(report.repeat(20).slice(0, byteOffset).split('\n')).toHaveLength(line);
    }
    expect(tally.skipped[9]?.detail).toMatch(/\(further ones are counted only\)$/);
  });

  it('numbers lines alike in any chunks, with blank lines, skipped reports and line ends of both kinds', async () => {
    const damaged = `${level.slice(0, 8)} ${level.slice(8)}`;
    const skipped = header.replace(/ (?:1978|2025) /, ' 20x5 ');
    const text = `\n${header}${level.repeat(3)}\r\n${skipped}${level}${level}  \n${header}${level.replace('\n', '\r\n')}${damaged}${level}`;
    const whole = await read(text);
    expect(whole.tally.skipped.map(({ detail }) => detail).at(-1)).toMatch(/^line 13 cannot be read/);
    for (const size of [1, 7, 64]) {
      const file = igra2.inputOf(text, { chunks: [size] });
      const { tally } = await (dataset === 'igra2'
        ? igra2.readStation('USM00072558', [file])
        : uadb.readStation('82930', [file]));
      expect(tally.skipped).toEqual(whole.tally.skipped);
    }
  });

  it('a report without levels, and levels without values, are no damage', async () => {
    const { reports, tally } = await read(header.replace('   3 ', '   0 '));
    expect(reports).toHaveLength(1);
    expect(tally.skipped).toEqual([]);
  });

  it('a file of another station of which nothing is read is not this damage', async () => {
    const { tally } = await read(
      header.replace('72558', '72559').replace('82930', '82931') + level.repeat(3),
    );
    expect(tally.reports).toBe(0);
    expect(tally.skipped).toHaveLength(1);
  });

  it.each([
    ['at the beginning', (text: string) => `\xef\xbb\xbf${text}`, 3],
    ['before each of two joined files', (text: string) => `\xef\xbb\xbf${text}\xef\xbb\xbf${text}`, 3],
  ])('a byte order mark %s is passed over; bytes are those of the file', async (_name, mark, offset) => {
    const plain = await read(header + level.repeat(3));
    const marked = await read(mark(header + level.repeat(3)));
    expect(marked.tally.skipped).toEqual([]);
    expect(marked.tally.noted.has(`${dataset}.line.unrecognised`)).toBe(false);
    expect(marked.rows.slice(0, plain.rows.length)).toEqual(plain.rows);
    expect(marked.reports[0]?.byteOffset).toBe(offset);
    for (const { byteOffset } of marked.reports)
      expect(
        mark(header + level.repeat(3))
          .slice(byteOffset)
          .startsWith(header),
      ).toBe(true);
  });
});

describe('the rule', () => {
  it('one good line in any file of the station is enough', () => {
    const tally = createTally();
    const damage = createLineDamage('x.line.malformed', 'Mend it.');
    damage.malformed({ tally, path: 'a', listed: new Map() }, { line: 4, byteOffset: 99, why: 'it is odd' });
    expect(() => damage.assertUsable()).toThrow(
      'a: of 1 lines with values none can be read; the first one is line 4: it is odd',
    );
    damage.readable(1);
    damage.assertUsable();
    expect(tally.skipped).toEqual([
      { file: 'a', byteOffset: 99, reason: 'x.line.malformed', detail: 'line 4 cannot be read: it is odd' },
    ]);
  });

  it('without any line with values there is no damage', () => {
    createLineDamage('x.line.malformed', 'Mend it.').assertUsable();
  });

  it('a line that is counted elsewhere is remembered, neither counted nor listed', () => {
    const tally = createTally();
    const damage = createLineDamage('x.line.malformed', 'Mend it.');
    damage.unrecognised(
      { tally, path: 'a', listed: new Map() },
      { line: 2, byteOffset: 9, why: 'it is odd' },
    );
    expect(tally).toEqual(createTally());
    expect(() => damage.assertUsable()).toThrow(/line 2: it is odd$/);
  });
});
