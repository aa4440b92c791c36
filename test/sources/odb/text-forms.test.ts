/** The forms in which tables of observations are written as text: what odc's options make of one table is read alike. */
import { describe, expect, it } from 'vitest';
import { era5_1 } from '../../../src/sources/odb/index.js';
import { encodeOdbText, type OdbTextStyle } from '../../support/odb-encoder.js';
import { makeOdbRows } from '../../support/odb-rows.js';
import { smallTable, smallText } from '../../support/odb-tables.js';
import { encodeOdb2 } from '../../support/odb2-encoder.js';
import { inputOf, listStations, type Reading, readStation } from '../../support/reading.js';
import { makeStation } from '../../support/soundings.js';
import { parseText, readBytes } from './reading.js';

const TABLE = makeOdbRows(makeStation(4, { id: 'XXM00011035', soundings: 2, significantLevels: 2 }));

/** All that was read, but for the places in the file. */
function withoutPlaces({ reports, rows, tally }: Reading) {
  return { reports: reports.map((report) => ({ ...report, byteOffset: 0 })), rows, tally };
}

describe('one table', () => {
  it.each<[string, OdbTextStyle]>([
    ['with the marks of odc for missing values (-N)', { marks: true }],
    ['padded, with the marks', { marks: true, padded: true }],
    ['with types (-f wide)', { typed: true }],
    ['padded, with types', { typed: true, padded: true }],
    ['with a tab at the end of each line', { tail: '\t' }],
    ['with two tabs and blanks at the end of each line', { tail: '\t \t ' }],
    ['with a tab at the end and CRLF', { tail: '\t', lineEnd: '\r\n' }],
    ['with double quotes', { quote: '"' }],
    ['with a byte order mark', { before: '\uFEFF' }],
    ['with a byte order mark and types, CRLF', { before: '\uFEFF', typed: true, lineEnd: '\r\n' }],
    ['behind blank lines', { before: '\n \t\r\n\n' }],
    ['behind comments', { before: '# odc sql select *\n\n# of 2020\n' }],
  ])('%s: the same soundings', async (_, style) => {
    const usual = await readBytes(encodeOdbText(TABLE));
    expect(usual.rows.length).toBeGreaterThan(100);
    const other = await readBytes(encodeOdbText(TABLE, style));
    expect(withoutPlaces(other)).toEqual(withoutPlaces(usual));
  });

  it('with types: a column is of its type, whatever the values in the head look like', async () => {
    const { columns } = await parseText(
      'a@x:integer\tb@x:REAL\tc@x:string8\td@x:double\te@x:Bitfield[active:1;passive:1]\tlat@hdr:real\tf@x:other\n' +
        'NULL\t1\tNULL\t2\tNULL\t3\t1\n',
    );
    expect(columns).toEqual([
      { name: 'a@x', kind: 'int' },
      { name: 'b@x', kind: 'double' },
      { name: 'c@x', kind: 'text' },
      { name: 'd@x', kind: 'double' },
      { name: 'e@x', kind: 'int' },
      { name: 'lat@hdr', kind: 'double' },
      { name: 'f@x', kind: 'int' },
    ]);
  });
});

describe('marks of missing values', () => {
  it.each([
    '2147483647',
    '-2147483647',
    '-2147483647.000000',
    '-2147483648',
    '-2147483648.000000',
    '2147483648.000000',
    '1.7e38',
    '-2.14748e+09',
    '2.147484e+09',
    '-2.14748365e+09',
    '2.147483647E+9',
    '1.7e+38',
    '-1.7E+38',
    '170000000000000000000000000000000000000.000000',
    '3.40282e+38',
    '-3.402823466385289e+38',
    '-1e100',
    '-1e+100',
  ])('%s is missing in columns of every kind', async (mark) => {
    const { rows, tally } = await parseText(
      `statid\tw@x\tobsvalue@body\tdatum_status@body\n'a'\t1\t2.5\t1\n${mark}\t${mark}\t ${mark} \t${mark}\n'b'\t2\t3.5\t2\n`,
    );
    expect(rows).toEqual([
      { statid: 'a', 'w@x': 1, 'obsvalue@body': 2.5, 'datum_status@body': 1 },
      { statid: '', 'w@x': Number.NaN, 'obsvalue@body': Number.NaN, 'datum_status@body': Number.NaN },
      { statid: 'b', 'w@x': 2, 'obsvalue@body': 3.5, 'datum_status@body': 2 },
    ]);
    expect(tally.noted.size).toBe(0);
  });

  it.each(['2147483646', '-2147483646', '2147483649', '99999999999', '1.7e37', '2.14747e+09', '2.1475e9'])(
    '%s is a number',
    async (text) => {
      const { rows } = await parseText(`w@x\tv@x\n${text}\t${text}.0\n`.replace(/(e\S+)\.0/, '$1'));
      expect(rows).toEqual([{ 'w@x': Number(text), 'v@x': Number(text) }]);
    },
  );

  it('do not make a column of whole numbers one of decimals', async () => {
    const { columns } = await parseText(
      'w@x\tn@x\n1\t-2147483647.000000\n-2147483647.000000\t1.7e38\n2\tNULL\n',
    );
    expect(columns.map(({ kind }) => kind)).toEqual(['int', 'double']);
  });

  it('a text in quotes is a text', async () => {
    const { rows } = await parseText("s@x\n'2147483647'\n");
    expect(rows).toEqual([{ 's@x': '2147483647' }]);
  });

  it('an elevation, a coordinate and a departure that are missing so are missing', async () => {
    const bytes = smallText(
      [
        { 'stalt@hdr': null, 'fg_depar@body': null, 'collection_identifier@conv': null },
        {
          'stalt@hdr': null,
          'obsvalue@body': null,
          'fg_depar@body': null,
          'collection_identifier@conv': null,
        },
        { 'stalt@hdr': null, 'vertco_reference_1@body': null, 'collection_identifier@conv': null },
      ],
      { marks: true },
    );
    const { reports, rows, tally } = await readBytes(bytes);
    expect(reports).toMatchObject([{ elevation: Number.NaN }]);
    expect(
      rows.map(({ feedback }) => [feedback['fg_depar@body'], feedback['collection_identifier@conv']]),
    ).toEqual([[Number.NaN, Number.NaN]]);
    expect(Object.fromEntries(tally.dropped)).toEqual({
      'era5_1.air_temperature.null': 1,
      'era5_1.air_temperature.no-coordinate': 1,
    });
  });
});

describe('what stands before the beginning', () => {
  const noted = async (bytes: Uint8Array, chunks?: readonly number[]) => {
    const { stations, tally } = await listStations(era5_1, [
      inputOf(bytes, chunks === undefined ? {} : { chunks }),
    ]);
    return {
      ids: stations.map(({ id }) => id),
      noted: Object.fromEntries(tally.noted),
      skipped: tally.skipped,
    };
  };

  it('blank lines and comments are counted', async () => {
    const before = '\n\n# a comment\n \t\n';
    expect(await noted(smallText([{}], { before }))).toEqual({
      ids: ['11035'],
      noted: { 'era5_1.line.before-header': 4 },
      skipped: [],
    });
  });

  it('other lines are a skip', async () => {
    const before = '\nReading table from standard input\n';
    const { ids, skipped } = await noted(smallText([{}], { before }));
    expect(ids).toEqual(['11035']);
    expect(skipped).toMatchObject([{ reason: 'era5_1.line.before-header', byteOffset: 1 }]);
  });

  it.each([5_000, 3_000_000])(
    'a header is found behind %i bytes, and its lines have their numbers',
    async (length) => {
      const before = `# ${'x'.repeat(98)}\n`.repeat(Math.floor(length / 101));
      const damaged = `${smallText([{}, {}], { before })}1\t2\n`;
      const { ids, noted: counts, skipped } = await noted(Buffer.from(damaged), [70_000]);
      expect(ids).toEqual(['11035']);
      expect(counts['era5_1.line.before-header']).toBe(Math.floor(length / 101));
      expect(skipped[0]?.detail).toBe(
        `line ${Math.floor(length / 101) + 4} cannot be read: 2 values where there are 9 columns`,
      );
    },
  );

  it('the rows, the offsets and the feedback are those of the table', async () => {
    const before = '\n# a comment\n';
    const rows = [{ 'an_depar@body': 0.5 }, { 'an_depar@body': 1.5, 'time@hdr': 0 }];
    const { reports, rows: read } = await readBytes(smallText(rows, { before }));
    const usual = await readBytes(smallText(rows));
    expect(read).toEqual(usual.rows);
    expect(reports.map(({ byteOffset }) => byteOffset)).toEqual(
      usual.reports.map(({ byteOffset }) => byteOffset + before.length),
    );
  });

  it.each([[1], [4096], [5000]])('ODB-2 behind %i bytes that are none: counted', async (length) => {
    const { columns, rows } = smallTable([{}, { 'time@hdr': 0 }]);
    const bytes = encodeOdb2([
      {
        columns: columns.map((column, i) => ({ ...column, values: rows.map((row) => row[i] ?? Number.NaN) })),
      },
    ]);
    const whole = Buffer.concat([Buffer.alloc(length, 0x78), bytes]);
    const { ids, noted: counts, skipped } = await noted(whole, [3000]);
    expect([ids, counts]).toEqual([['11035'], { 'era5_1.frame.preceded': 1 }]);
    expect(skipped).toMatchObject([{ reason: 'era5_1.frame.preceded', byteOffset: 0 }]);
    const { stations } = await listStations(era5_1, [inputOf(whole)]);
    expect((await readStation(era5_1, stations[0] ?? { id: '', files: [] })).reports).toHaveLength(2);
  });

  it.each([
    ['zeros', 0],
    ['blank lines', 0x0a],
  ])('endless %s end at 16 MiB', async (saw, fill) => {
    let read = 0;
    const chunk = Buffer.alloc(1 << 20, fill);
    const file = {
      path: 'endless',
      name: 'endless',
      async *chunks(): AsyncGenerator<Uint8Array> {
        for (;;) {
          read += chunk.length;
          yield chunk;
        }
      },
    };
    await expect(listStations(era5_1, [file])).rejects.toMatchObject({
      code: 'WRONG_FORMAT',
      message: `endless: expected ODB text or ODB-2, found ${saw}`,
    });
    expect(read).toBeLessThan(2 ** 25);
  });
});
