import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTally } from '../../../src/records/tally.js';
import { skipContext } from '../../../src/sources/odb/skips.js';
import { readOdbText } from '../../../src/sources/odb/text.js';
import { encodeOdbText } from '../../support/odb-encoder.js';
import { makeOdbRows } from '../../support/odb-rows.js';
import { makeStation } from '../../support/soundings.js';
import { parseText, textDamage } from './reading.js';

const TABLE = makeOdbRows(makeStation(3, { id: 'XXM00011035', soundings: 4, significantLevels: 10 }));

describe('values', () => {
  it.each([
    ['12', 12],
    ['-7', -7],
    ['0.000001', 0.000001],
    ['-0.500000', -0.5],
    ['1.48000001907348633', Number('1.48000001907348633')],
    ['12345678901234567890', Number('12345678901234567890')],
    ['9007199254740993', Number('9007199254740993')],
    ['0.1234567890123456789012345', Number('0.1234567890123456789012345')],
    ['1e3', 1000],
    ['-1.5E-07', -1.5e-7],
    ['+4', 4],
    ['.5', 0.5],
    ['5.', 5],
  ])('%s is read as JavaScript reads it', async (text, value) => {
    const { rows } = await parseText(`a@body\tb@body\n${text}\t1\n1\t ${text} \n1\t${text}\r\n`);
    expect([rows[0]?.['a@body'], rows[1]?.['b@body'], rows[2]?.['b@body']]).toEqual([value, value, value]);
  });

  it('any decimal number is rounded once', async () => {
    const decimal = fc
      .tuple(fc.boolean(), fc.stringMatching(/^\d{1,20}$/), fc.stringMatching(/^\d{1,25}$/))
      .map(([negative, whole, fraction]) => `${negative ? '-' : ''}${whole}.${fraction}`);
    await fc.assert(
      fc.asyncProperty(fc.array(decimal, { minLength: 1, maxLength: 20 }), async (texts) => {
        const { rows } = await parseText(`v@body\n${texts.join('\n')}\n`);
        expect(rows.map((row) => row['v@body'])).toEqual(texts.map(Number));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it.each(['NULL', 'nan', '-nan', 'NaN', '', '   '])('%j is missing', async (text) => {
    const { rows, tally } = await parseText(`a@body\tb@body\n1\t2.5\n${text}\t${text}\n`);
    expect(rows[1]).toEqual({ 'a@body': Number.NaN, 'b@body': Number.NaN });
    expect(tally.noted.size).toBe(0);
  });

  it.each(["'abc'", '12x', '--1', '1.2.3', '0x10', 'Infinity', '1e999', '1 2', '1\r2'])(
    '%j in a column of numbers costs that value alone',
    async (text) => {
      const { rows, tally } = await parseText(`a@body\tb@body\n1\t2\n3\t4\n${text}\t7\n`);
      expect(rows[2]).toEqual({ 'a@body': Number.NaN, 'b@body': 7 });
      expect(Object.fromEntries(tally.noted)).toEqual({ 'ds.value.unreadable': 1 });
    },
  );

  it('texts lose the blanks around them, inside the quotes and outside', async () => {
    const { rows } = await parseText("a\tb\n'   0001'\t'1:82930 '\n  'x y'  \tNULL\n''\t'O'Brien'\n");
    expect(rows).toEqual([
      { a: '0001', b: '1:82930' },
      { a: 'x y', b: '' },
      { a: '', b: "O'Brien" },
    ]);
  });

  it('texts are UTF-8, or else ISO-8859-1', async () => {
    const { rows } = await parseText(
      Buffer.concat([Buffer.from("a\n'Ålesund'\n"), Buffer.from("'Ålesund'\n", 'latin1')]),
    );
    expect(rows.map(({ a }) => a)).toEqual(['Ålesund', 'Ålesund']);
  });
});

describe('kinds of columns', () => {
  it('are told from the values in the head', async () => {
    const { columns } = await parseText(
      "q\tw\td\tn\tbig\texp\tmixed\n'a'\t1\t1.0\tNULL\t3000000000\t1e5\t5\nNULL\t-2\t2\tNULL\t1\t7\t'x'\n'b'\tNULL\tNULL\tNULL\t1\t8\t6\n",
    );
    expect(Object.fromEntries(columns.map(({ name, kind }) => [name, kind]))).toEqual({
      q: 'text',
      w: 'int',
      d: 'double',
      n: 'double',
      big: 'double',
      exp: 'double',
      mixed: 'int',
    });
  });

  it('are fixed for the columns whose values the reader works with', async () => {
    const { columns, rows } = await parseText(
      'statid\tobsvalue@body\tvarno\n01001\t250\t2\n01001\t250.5\t2\n',
    );
    expect(columns.map(({ kind }) => kind)).toEqual(['text', 'double', 'int']);
    expect(rows[1]).toEqual({ statid: '01001', 'obsvalue@body': 250.5, varno: 2 });
  });
});

describe('layouts', () => {
  it('padded, stripped, without tables, in another order, with CRLF: the same values', async () => {
    const usual = await parseText(encodeOdbText(TABLE));
    expect(usual.rows).toHaveLength(TABLE.rows.length);
    for (const style of [{ padded: true }, { filledTexts: false }, { lineEnd: '\r\n' as const }]) {
      const { rows, tally } = await parseText(encodeOdbText(TABLE, style));
      expect(rows).toEqual(usual.rows);
      expect(tally.noted.size).toBe(0);
    }
    const order = TABLE.columns.map((_, i) => i).reverse();
    expect((await parseText(encodeOdbText(TABLE, { order }))).rows).toEqual(usual.rows);
  });

  it('the values are those of the table, printed and read by number formatting alone', async () => {
    const { rows } = await parseText(encodeOdbText(TABLE));
    for (const [i, row] of TABLE.rows.entries()) {
      const expected = TABLE.columns.map(({ type }, k) => {
        const value = row[k] ?? null;
        if (value === null) return type === 'string' ? '' : Number.NaN;
        if (typeof value === 'string') return value.trim();
        return type === 'real' ? Number(value.toFixed(6)) : value;
      });
      expect(Object.values(rows[i] ?? {})).toEqual(expected);
    }
  });

  it('chunks of any length give the same rows and offsets', async () => {
    const bytes = encodeOdbText({ ...TABLE, rows: TABLE.rows.slice(0, 60) });
    const whole = await parseText(bytes);
    for (const chunks of [[1], [7], [1000], [bytes.length - 1, 1], [300, 1]]) {
      const { rows, offsets } = await parseText(bytes, { chunks });
      expect(rows).toEqual(whole.rows);
      expect(offsets).toEqual(whole.offsets);
    }
  });

  it('offsets are those of the lines; blocks hold 1024 rows, then 16384', async () => {
    const lines = [
      'statid@hdr\tvarno@body',
      ...Array.from({ length: 40_000 }, (_, i) => `'${i % 100}'\t${i % 7}`),
    ];
    const { offsets, blocks, rows } = await parseText(`${lines.join('\n')}\n`);
    const expected: number[] = [];
    let at = (lines[0]?.length ?? 0) + 1;
    for (const line of lines.slice(1)) {
      expected.push(at);
      at += line.length + 1;
    }
    expect(offsets).toEqual(expected);
    expect(blocks).toBe(4);
    expect(rows[39_999]).toEqual({ 'statid@hdr': '99', 'varno@body': 39_999 % 7 });
  });

  it.each([1023, 1024, 1025, 1024 + 16_384])('%i rows are as many rows', async (count) => {
    const lines = Array.from({ length: count }, (_, i) => `${i}\n`);
    const { rows } = await parseText(`a@body\n${lines.join('')}`, { chunks: [5000] });
    expect(rows.map((row) => row['a@body'])).toEqual(lines.map(Number));
  });

  it('ranges select rows', async () => {
    const bytes = Buffer.from('a@body\n1\n2\n3\n4\n5\n');
    const { rows } = await parseText(bytes, { ranges: [9, 11, 3, 13, 17, 5], chunks: [3] });
    expect(rows.map((row) => row['a@body'])).toEqual([2, 4, 5]);
  });
});

describe('damaged text', () => {
  it('a line with too few or too many values is a counted skip; the rest goes on', async () => {
    const { rows, tally } = await parseText('x@hdr\ta@body\tb@body\n1\t1\t1\n1\t2\n1\t3\t3\t3\n1\t4\t4\n');
    expect(rows.map((row) => row['a@body'])).toEqual([1, 4]);
    expect(tally.skipped).toEqual([
      {
        file: 'station.txt',
        byteOffset: 26,
        reason: 'ds.line.malformed',
        detail: 'line 3 cannot be read: 2 values where there are 3 columns',
      },
      {
        file: 'station.txt',
        byteOffset: 30,
        reason: 'ds.line.malformed',
        detail: 'line 4 cannot be read: 4 values where there are 3 columns',
      },
    ]);
  });

  it('after a damaged line the columns of the report are read anew', async () => {
    const { rows } = await parseText(
      "s@hdr\tv@body\tw@body\n'a'\t1\t1\n'b'\t2\n'a'\t3\t3\n'a'\t4\t4\n'b'\t5\t5\n",
    );
    expect(rows.map((row) => `${row['s@hdr']}${row['v@body']}`)).toEqual(['a1', 'a3', 'a4', 'b5']);
  });

  it('the list of skips is bounded, their count is not', async () => {
    const { tally } = await parseText(`a@body\tb@body\n${'1\n'.repeat(250)}1\t1\n`);
    expect(tally.skipped).toHaveLength(10);
    expect(tally.noted.get('ds.line.malformed')).toBe(250);
  });

  it('a last line without a line end is cut off', async () => {
    const { rows, tally } = await parseText('a@body\tb@body\n1\t1\n2\t2');
    expect(rows).toHaveLength(1);
    expect(tally.skipped).toEqual([
      {
        file: 'station.txt',
        byteOffset: 18,
        reason: 'ds.row.truncated',
        detail: 'the file ends within a line',
      },
    ]);
  });

  it.each([
    ["a@body\tb@body\n1\t'x'\n2\t'y'", 2],
    ['a@body\tb@body\n1\t0.500000\n2\t-1.250000', 2],
    ['a@body\tb@body\n1\t0.500000\n2\tNULL', 2],
    ['a@body\tb@body\n1\t0.500000\n2\t-1.25', 1],
    ["a@body\tb@body\n1\t'x'\n2\t'y", 1],
    ['a@body\tb@body\n1\t0.500000\n2', 1],
    ["a@body\tb@body\n'x'\t1\n'y'", 1],
  ])('a last line without a line end is kept where it shows that it is whole: %j', async (text, kept) => {
    const { rows, tally } = await parseText(text);
    expect(rows).toHaveLength(kept);
    expect(tally.skipped).toHaveLength(2 - kept);
    const inTwo = await parseText(text, { chunks: [9, 1] });
    expect(inTwo.rows).toEqual(rows);
  });

  it('exports put one behind the other: the header is passed over; another table is not read as this one', async () => {
    const text = 'varno\tobsvalue\n1\t1\nvarno\tobsvalue\n2\t2\n\n';
    const again = await parseText(text);
    expect(again.rows).toEqual([
      { varno: 1, obsvalue: 1 },
      { varno: 2, obsvalue: 2 },
    ]);
    expect(Object.fromEntries(again.tally.noted)).toEqual({ 'ds.line.header-repeated': 1 });
    const { rows, tally } = await parseText(`${text}obsvalue\tvarno\n3\t3\n4\t4\nvarno\tobsvalue\n5\t5\n`);
    expect(rows.map((row) => row.varno)).toEqual([1, 2, 5]);
    expect(Object.fromEntries(tally.noted)).toEqual({
      'ds.line.header-repeated': 2,
      'ds.line.other-columns': 1,
      'ds.row.of-other-columns': 2,
    });
  });

  it.each([[[4096]], [[2 ** 22]]])('a line without end is an error, chunks of %j', async (chunks) => {
    const bytes = Buffer.concat([Buffer.from('a\tb\n1\t2\n'), Buffer.alloc(2 ** 21, 0x31)]);
    await expect(parseText(bytes, { chunks })).rejects.toMatchObject({
      code: 'LINE_TOO_LONG',
      position: { byteOffset: 8 },
    });
  });

  it('a reading that is aborted ends', async () => {
    const controller = new AbortController();
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a\tb\n');
      for (;;) {
        yield Buffer.from('1\t2\n'.repeat(100_000));
        controller.abort(new Error('enough'));
      }
    }
    const context = skipContext('ds', 'x', createTally());
    const reading = (async () => {
      for await (const { rowCount } of readOdbText(endless(), {
        context,
        damage: textDamage(),
        signal: controller.signal,
      }))
        expect(rowCount).toBeGreaterThan(0);
    })();
    await expect(reading).rejects.toThrow('enough');
  });
});
