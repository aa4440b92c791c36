/** Quality flags from percent confidence and from associated fields. */
import { describe, expect, it } from 'vitest';
import { OBSERVED_VARIABLE as V } from '../../../src/records/variables.js';
import { message, PLAIN_HEAD, PLAIN_VALUES, readOne, temp309007 } from '../../support/bufr-reading.js';

const [PASSED, FAILED, NOT_CHECKED] = [0, 1, 2];

/** Elements of 3 09 007 with one level, its replication factor included. */
const ELEMENTS = 20 + 7;
/** A bitmap over them with confidence for all seven elements of the level. */
const CONFIDENCE = [222_000, 101_000, 31_002, 31_031, 1031, 1032, 101_000, 31_002, 33_007];
const BITMAP = [ELEMENTS, ...Array.from({ length: ELEMENTS }, (_, i) => (i < 20 ? 1 : 0)), 98, 1];
const LEVEL = [85_000, 32, 14_100, 280.1, 275, 180, 5.5];

describe('percent confidence (033007)', () => {
  it('of 70 and more is passed, below 50 failed, and between neither', async () => {
    const { rows, tally } = await readOne(
      message(
        [309_007, ...CONFIDENCE],
        [[...temp309007({}, [LEVEL]), ...BITMAP, 7, ...[49, 75, 70, 69, 50, 49, 100]]],
      ),
    );
    expect(Object.fromEntries(rows.map(({ variable, quality }) => [variable, quality]))).toEqual({
      [V.geopotentialHeight]: PASSED,
      [V.airTemperature]: NOT_CHECKED,
      [V.dewPoint]: NOT_CHECKED,
      [V.windFromDirection]: FAILED,
      [V.windSpeed]: PASSED,
    });
    expect(tally.noted.get('bufr.confidence.doubtful')).toBe(2);
    expect(tally.noted.get('bufr.pressure.low-confidence')).toBe(1);
  });

  it('that is missing, and values without any, are not checked', async () => {
    const missing = await readOne(
      message([309_007, ...CONFIDENCE], [[...temp309007({}, [LEVEL]), ...BITMAP, 7, ...Array(7).fill(null)]]),
    );
    const without = await readOne(message([309_007], [temp309007({}, [LEVEL])]));
    for (const { rows } of [missing, without])
      expect(rows.map(({ quality }) => quality)).toEqual(Array(5).fill(NOT_CHECKED));
  });

  it('belongs to the value that the bitmap points to, in every subset', async () => {
    const only = (element: number): number[] =>
      Array.from({ length: ELEMENTS }, (_, i) => (i === element ? 0 : 1));
    const subset = (element: number): (number | string | null)[] => [
      ...temp309007({}, [LEVEL]),
      ...[ELEMENTS, ...only(element), 98, 1, 1, 10],
    ];
    const { rows } = await readOne(message([309_007, ...CONFIDENCE], [subset(23), subset(26)]));
    expect(
      rows.filter(({ quality }) => quality === FAILED).map(({ report, variable }) => [report, variable]),
    ).toEqual([
      [0, V.airTemperature],
      [1, V.windSpeed],
    ]);
  });
});

describe('substituted values (223255)', () => {
  it('are offered and not taken', async () => {
    const substitutes = [223_000, 101_000, 31_002, 31_031, 1031, 1032, 101_000, 31_002, 223_255];
    const bits = Array.from({ length: ELEMENTS }, (_, i) => (i === 22 ? 0 : 1));
    const { rows, tally } = await readOne(
      message([309_007, ...substitutes], [[...temp309007({}, [LEVEL]), ELEMENTS, ...bits, 98, 1, 1, 14_200]]),
    );
    expect(rows.find(({ variable }) => variable === V.geopotentialHeight)?.value).toBe(14_100 / 9.80665);
    expect(tally.noted.get('bufr.geopotential_height.substitute-offered')).toBe(1);
  });
});

describe('associated fields (204YYY, 031021)', () => {
  it.each([
    ['1: one bit of quality', 1, 1, [0, 1], [PASSED, FAILED]],
    ['2: two bits of quality', 2, 2, [0, 1, 2, 3], [PASSED, NOT_CHECKED, FAILED, FAILED]],
    [
      '6: class of GTSPP',
      6,
      4,
      [0, 1, 2, 3, 4, 5],
      [NOT_CHECKED, PASSED, PASSED, FAILED, FAILED, NOT_CHECKED],
    ],
    ['7: percent confidence', 7, 7, [100, 70, 60, 20], [PASSED, PASSED, NOT_CHECKED, FAILED]],
    ['8: not suspected or suspected', 8, 2, [0, 1, 2, 3], [PASSED, FAILED, NOT_CHECKED, NOT_CHECKED]],
    ['21: corrected or not, which is no quality', 21, 1, [0, 1], [NOT_CHECKED, NOT_CHECKED]],
    ['63: missing', null, 1, [0, 1], [NOT_CHECKED, NOT_CHECKED]],
  ])('%s', async (_name, significance, width, fields, expected) => {
    const descriptors = [...PLAIN_HEAD, ...[105_000, 31_001, 7004, 204_000 + width, 31_021, 12_101, 204_000]];
    const levels = fields.flatMap((field, i) => [90_000 - 100 * i, significance, field, 280]);
    const { rows } = await readOne(message(descriptors, [[...PLAIN_VALUES, fields.length, ...levels]]));
    expect(rows.map(({ quality }) => quality)).toEqual(expected);
  });
});
