/** Rows that repeat what stands above them: the readers take short cuts there, and nothing of it may show. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNumeric } from '../../../src/records/feedback.js';
import { createTally } from '../../../src/records/tally.js';
import { era5_1 } from '../../../src/sources/odb/index.js';
import { readOdb2 } from '../../../src/sources/odb/odb2.js';
import { skipContext } from '../../../src/sources/odb/skips.js';
import type { OdbBlock } from '../../../src/sources/odb/table.js';
import { readOdbText } from '../../../src/sources/odb/text.js';
import { smallText } from '../../support/odb-tables.js';
import { encodeOdb2 } from '../../support/odb2-encoder.js';
import { inputOf } from '../../support/reading.js';
import { parseText, textDamage } from './reading.js';

const N = Number.NaN;
const HEADER = 'seqno@hdr\tstatid@hdr\tlat@hdr\tobsvalue@body\tvarno@body\tan_depar@body\n';
/** Fields that are near to one another: beginnings, lengths and signs of each other. */
const NUMBERS = ['0', '-0', '1', '12', '12.5', '12.50', '-12.5', 'NULL', ' 12', '12 ', '1234567.000000', ''];
const TEXTS = ["'a'", "'ab'", "' ab'", 'NULL', "'b'"];
const MEANING = new Map<string, number | string>([
  ...NUMBERS.map((text) => [text, /^$|NULL/.test(text) ? Number.NaN : Number(text)] as const),
  ...TEXTS.map((text) => [text, text === 'NULL' ? '' : text.slice(1, -1).trim()] as const),
]);

describe('rows of text', () => {
  it('that repeat any part of the row above have the values that stand in them', async () => {
    const number = fc.constantFrom(...NUMBERS);
    // Few different rows, so that most fields repeat.
    const row = fc.tuple(number, fc.constantFrom(...TEXTS), number, number, number, number);
    const rows = fc.array(row, { minLength: 1, maxLength: 3 }).chain((few) =>
      fc.array(
        fc.tuple(fc.constantFrom(...few), fc.nat(5), number).map(([fields, place, other]) =>
          // One field of its own, now and then.
          fields.map((field, i) => (i === place && i !== 1 ? other : field)),
        ),
        { minLength: 1, maxLength: 60 },
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 400 }),
        async (lines, end, chunk) => {
          const text = HEADER + lines.map((fields) => fields.join('\t') + end).join('');
          const reading = await parseText(text, { chunks: [chunk] });
          expect(reading.tally.noted.size).toBe(0);
          expect(reading.rows.map((values) => Object.values(values))).toEqual(
            lines.map((fields) =>
              fields.map((field, i) => (i !== 1 && field === 'NULL' ? N : MEANING.get(field))),
            ),
          );
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  it('count a value that cannot be read in every row that repeats it, and pass over lines between them', async () => {
    const line = "1\t'a'\t2\t3\t3\tx\n";
    const seven = line.replace('x', '7');
    const { rows, tally } = await parseText(`${HEADER}${line}${line}1\t'a'\t2\n\n${line}${seven}${seven}`);
    expect(rows.map((row) => Object.values(row).at(-1))).toEqual([N, N, N, 7, 7]);
    expect(Object.fromEntries(tally.noted)).toEqual({ 'ds.value.unreadable': 3, 'ds.line.malformed': 1 });
  });

  it('no line is read that repeats one without a value that it must have', async () => {
    const line = "1\t'a'\t2\tx\t3\t4\n";
    const seven = line.replace('x', '7');
    const { rows, tally } = await parseText(`${HEADER}${line}${line}${seven}${line}${seven}`);
    expect(rows.map((row) => row['obsvalue@body'])).toEqual([7, 7]);
    expect(tally.skipped.map(({ detail }) => detail)).toEqual(
      [2, 3, 5].map((n) => `line ${n} cannot be read: "x" in the column obsvalue@body is no number`),
    );
  });

  it('a block knows which columns are equal in all rows; the next block is not mistaken for it', async () => {
    const row = (i: number): string => `${i < 1500 ? 8 : 9}\t'a'\t${i}\t5\tNULL\t-0\n`;
    const text = HEADER + Array.from({ length: 3000 }, (_, i) => row(i)).join('');
    const found: unknown[] = [];
    const context = skipContext('ds', 'x', createTally());
    for await (const block of readOdbText(inputOf(Buffer.from(text)).chunks(), {
      context,
      damage: textDamage(),
    }))
      found.push([block.rowCount, [...block.constant], firstAndLast(block)]);
    expect(found).toEqual([
      [
        1024,
        [1, 1, 0, 1, 1, 1],
        [
          [8, 8],
          ['a', 'a'],
          [0, 1023],
          [5, 5],
          [N, N],
          [-0, -0],
        ],
      ],
      [
        1976,
        [0, 1, 0, 1, 1, 1],
        [
          [8, 9],
          ['a', 'a'],
          [1024, 2999],
          [5, 5],
          [N, N],
          [-0, -0],
        ],
      ],
    ]);
  });
});

function firstAndLast({ values, rowCount }: OdbBlock): unknown[] {
  return values.map((column) =>
    [0, rowCount - 1].map((row) =>
      isNumeric(column) ? column.numbers[row] : column.texts[column.codes[row] ?? -1],
    ),
  );
}

describe('frames of ODB-2', () => {
  it('keep their values apart though their arrays are the same ones, and know columns of one value', async () => {
    const frame = (values: number[], id: string, fixed: number) => ({
      columns: [
        { name: 'statid@hdr', type: 'string' as const, values: values.map(() => id) },
        { name: 'obsvalue@body', type: 'double' as const, values },
        { name: 'lat@hdr', type: 'double' as const, values: values.map(() => fixed) },
      ],
    });
    const bytes = encodeOdb2([
      frame([1.5, 2.5, N], 'a', 7),
      frame([4.5, 4.5], 'a', 7),
      frame([8.5], 'b', N),
      frame([1, 2, 3, 4, 5], 'b', -0),
    ]);
    const found: unknown[] = [];
    for await (const block of readOdb2(inputOf(bytes).chunks(), {
      path: 'x',
      onDamage: () => expect.unreachable(),
    }))
      found.push([block.rowCount, [...block.constant], firstAndLast(block)]);
    expect(found).toEqual([
      [
        3,
        [1, 0, 1],
        [
          ['a', 'a'],
          [1.5, N],
          [7, 7],
        ],
      ],
      [
        2,
        [1, 1, 1],
        [
          ['a', 'a'],
          [4.5, 4.5],
          [7, 7],
        ],
      ],
      [
        1,
        [1, 1, 1],
        [
          ['b', 'b'],
          [8.5, 8.5],
          [N, N],
        ],
      ],
      [
        5,
        [1, 0, 1],
        [
          ['b', 'b'],
          [1, 5],
          [-0, -0],
        ],
      ],
    ]);
  });
});

describe('feedback of batches', () => {
  /** Reports of ten rows, told apart by their numbers; `value` gives the analysis departure of a row. */
  async function departures(
    reports: number,
    value: (row: number) => number | null,
  ): Promise<(number | undefined)[]> {
    const rows = Array.from({ length: reports * 10 }, (_, row) => ({
      'date@hdr': 20_200_101,
      'time@hdr': (Math.floor(row / 36_000) % 24) * 10_000,
      'seqno@hdr': Math.floor(row / 10),
      'vertco_reference_1@body': 90_000 - (row % 10) * 1000,
      'an_depar@body': value(row),
    }));
    const input = inputOf(smallText(rows), { path: 'era5.conv._11035.txt' });
    const found: (number | undefined)[] = [];
    const stations = era5_1.list([input], { tally: createTally() });
    for await (const station of stations) {
      const feedback = (await era5_1.feedback?.(station)) ?? [];
      const place = feedback.findIndex(({ name }) => name === 'an_depar@body');
      for await (const batch of era5_1.open(station, { tally: createTally(), feedback })) {
        const column = batch.feedback[place];
        if (column === undefined || !isNumeric(column)) throw new Error('no column');
        found.push(...column.numbers);
        // What is copied may be written again: nothing of one batch may show in the next.
        batch.recycle?.();
      }
    }
    return found;
  }

  it.each([
    ['one value', (): number => 0.5],
    ['missing values alone', (): null => null],
    ['a second value in the first batch', (row: number): number => (row < 250 ? 0.5 : 1.5)],
    ['a second value in the second block', (row: number): number => (row < 1500 ? -0.5 : 0.5)],
    ['one value that comes back after others', (row: number): number => (row % 700 === 699 ? row : 2)],
    ['a value at first and then none', (row: number): number | null => (row < 5 ? 1 : null)],
  ])('a column of %s', async (_, value) => {
    const found = await departures(220, value);
    expect(found).toEqual(Array.from({ length: 2200 }, (_, row) => value(row) ?? N));
  });

  it('a column of one value per batch', async () => {
    const value = (row: number): number => (row < 33_000 ? 0.5 : row < 66_000 ? -0.5 : 0.5);
    const found = await departures(9000, value);
    expect(found).toHaveLength(90_000);
    expect(found.findIndex((depar, row) => depar !== value(row))).toBe(-1);
  });
});
