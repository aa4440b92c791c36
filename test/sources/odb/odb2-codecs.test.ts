import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeOdb2, type Odb2Codec, type Odb2ColumnInput } from '../../support/odb2-encoder.js';
import { kindIn, readAll, valuesOf } from '../../support/odb2-reading.js';

const NONE = Number.NaN;
const LARGE = Math.fround(1e30);
const SINGLES = [1.5, -2.25, 0, 3.4028234663852886e38, 1.1754942106924411e-38, -0.1].map(Math.fround);

type Case = [codec: Odb2Codec, type: Odb2ColumnInput['type'], kind: string, values: (number | string)[]];

const CASES: Case[] = [
  ['constant', 'integer', 'int', [7, 7, 7]],
  ['constant', 'bitfield', 'int', [67108864, 67108864]],
  ['constant', 'real', 'real', [0.25, 0.25]],
  ['constant', 'double', 'double', [0.1, 0.1]],
  ['constant_or_missing', 'integer', 'int', [5, NONE, 5, NONE, NONE]],
  ['constant_or_missing', 'integer', 'int', [NONE, NONE]],
  ['real_constant_or_missing', 'real', 'real', [NONE, 2.5, NONE]],
  ['real_constant_or_missing', 'real', 'real', [NONE, NONE]],
  ['real_constant_or_missing', 'double', 'double', [NONE, 0.1, 0.1]],
  ['int8', 'integer', 'int', [-100, 155, 0, 0, -100]],
  ['int8', 'bitfield', 'int', [0, 255, 12]],
  ['int8_missing', 'integer', 'int', [-3, NONE, 251, 250, NONE]],
  ['int16', 'integer', 'int', [-32768, 32767, 0, 1]],
  ['int16_missing', 'integer', 'int', [10104, NONE, 0, 65534, 235959 % 60000]],
  ['int32', 'integer', 'int', [20210618, NONE, -2147483648, 2147483646, 19571004]],
  ['short_real', 'real', 'real', [...SINGLES, NONE]],
  ['short_real2', 'real', 'real', [...SINGLES, NONE, 1.1754943508222875e-38]],
  ['short_real', 'real', 'real', [-3.4028234663852886e38, NONE]],
  ['long_real', 'double', 'double', [Math.PI, NONE, 1e300, -0.1, 5e-324]],
  ['long_real', 'real', 'double', [0.1, NONE]],
  ['constant_string', 'string', 'text', ['82930', '82930']],
  ['constant_string', 'string', 'text', ['', '']],
  ['long_constant_string', 'string', 'text', ['0-20000-0-10393', '0-20000-0-10393']],
  ['int8_string', 'string', 'text', ['10393', '', '11035', '10393', 'a text of more than eight bytes']],
  ['int16_string', 'string', 'text', ['C:4629', '9:967', '', 'C:4629']],
  ['chars', 'string', 'text', ['CDUS1', 'CDUS1', '', '12345678', 'CDUS1']],
];

describe.each([true, false])('every codec, little-endian: %s', (littleEndian) => {
  it.each(CASES)('%s of %s is %s', async (codec, type, kind, values) => {
    // Columns on either side show that the value's width is right.
    const beside = (name: string) => ({ name, type: 'integer' as const, codec: 'int16' as const });
    const bytes = encodeOdb2(
      [
        {
          columns: [
            { ...beside('before'), values: values.map((_, i) => 300 * i) },
            { name: 'it@body', type, codec, values },
            { ...beside('behind'), values: values.map((_, i) => 7 - i) },
          ],
        },
      ],
      { littleEndian },
    );
    const reading = await readAll(bytes);
    expect(reading.damage).toEqual([]);
    expect(valuesOf(reading, 'it@body')).toEqual(values);
    expect(kindIn(reading, 'it@body')).toBe(kind);
    expect(valuesOf(reading, 'before')).toEqual(values.map((_, i) => 300 * i));
    expect(valuesOf(reading, 'behind')).toEqual(values.map((_, i) => 7 - i));
  });

  it('any values in the codecs that odc chooses, rows beginning at any column', async () => {
    const whole = fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 - 2 });
    const optional = (arb: fc.Arbitrary<number>) =>
      fc.oneof({ arbitrary: arb, weight: 4 }, fc.constant(NONE));
    const small = fc.integer({ min: 0, max: 3 });
    const row = fc.record({
      text: fc.constantFrom('', '10393', 'ÖSTERSUND', '北京'),
      byte: optional(small),
      short: optional(fc.integer({ min: 0, max: 40_000 })),
      int: optional(whole),
      real: optional(fc.float({ noNaN: true, noDefaultInfinity: true, max: LARGE, min: -LARGE })),
      double: optional(fc.double({ noNaN: true, noDefaultInfinity: true })),
    });
    const types = {
      text: 'string',
      byte: 'bitfield',
      short: 'integer',
      int: 'integer',
      real: 'real',
      double: 'double',
    } as const;
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 30 }),
        fc.constantFrom('changed' as const, 'whole' as const, 'from-missing' as const),
        async (list, rows) => {
          const columns = (Object.keys(types) as (keyof typeof types)[]).map((name) => ({
            name,
            type: types[name],
            values: list.map((one) => one[name]),
          }));
          const reading = await readAll(encodeOdb2([{ columns }], { littleEndian, rows }));
          expect(reading.damage).toEqual([]);
          for (const { name, values } of columns) expect(valuesOf(reading, name)).toEqual(values);
        },
      ),
      { numRuns: 150, seed: 20_211 },
    );
  });
});

describe('missing values', () => {
  const one = async (column: Odb2ColumnInput, options = {}) =>
    valuesOf(await readAll(encodeOdb2([{ columns: [column] }], options)), column.name);

  it('are what the header says', async () => {
    expect(
      await one({ name: 'a', type: 'integer', codec: 'int32', missing: -9999, values: [1, -9999, NONE] }),
    ).toEqual([1, NONE, NONE]);
    expect(
      await one({ name: 'a', type: 'real', codec: 'short_real2', missing: -1, values: [-1, 2] }),
    ).toEqual([NONE, 2]);
  });

  it('are columns that the first rows do not hold', async () => {
    const columns: Odb2ColumnInput[] = [
      { name: 'text', type: 'string', values: ['', '', '10393'] },
      { name: 'constant', type: 'integer', codec: 'constant', values: [NONE, 4, 4] },
      { name: 'real', type: 'real', codec: 'short_real', values: [NONE, NONE, 1.5] },
    ];
    const reading = await readAll(encodeOdb2([{ columns }], { rows: 'from-missing' }));
    expect(valuesOf(reading, 'text')).toEqual(['', '', '10393']);
    expect(valuesOf(reading, 'constant')).toEqual([NONE, 4, 4]);
    expect(valuesOf(reading, 'real')).toEqual([NONE, NONE, 1.5]);
  });

  it('of a bitfield whose missing value is 0 are bitfields without a bit', async () => {
    const bitfield = { name: 'a', type: 'bitfield', missing: 0 } as const;
    for (const codec of ['int8_missing', 'int16_missing', 'constant_or_missing', 'int32'] as const)
      expect(await one({ ...bitfield, codec, values: [0, 3, 0] })).toEqual([0, 3, 0]);
    expect(await one({ ...bitfield, codec: 'constant', values: [0, 0] })).toEqual([0, 0]);
  });

  it('are texts that hold the bytes of a missing number', async () => {
    for (const [littleEndian, value] of [
      [true, 2147483647],
      [false, 2147483647],
      [true, -2147483647],
      [false, -2147483647],
    ] as const) {
      const view = new DataView(new ArrayBuffer(8));
      view.setFloat64(0, value, littleEndian);
      const text = Buffer.from(view.buffer).toString('latin1');
      const column = { name: 'a', type: 'string', encoding: 'latin1', values: [text, text] } as const;
      expect(await one({ ...column, codec: 'constant_string' })).toEqual(['', '']);
      expect(await one({ ...column, codec: 'chars' })).toEqual(['', '']);
    }
  });
});

describe('texts', () => {
  const texts = async (values: string[], codec: Odb2Codec, encoding: 'utf8' | 'latin1' = 'utf8') =>
    valuesOf(
      await readAll(encodeOdb2([{ columns: [{ name: 'a', type: 'string', codec, values, encoding }] }])),
      'a',
    );

  it.each(['int8_string', 'chars'] as const)('lose the padding on either side: %s', async (codec) => {
    expect(await texts(['   96413', '96413   ', '96413\0\0', ' a b ', '        ', 'ab\0cd'], codec)).toEqual([
      '96413',
      '96413',
      '96413',
      'a b',
      '',
      'ab',
    ]);
  });

  it('are UTF-8, or ISO-8859-1 where they are not', async () => {
    expect(await texts(['Jõgeva', '_日本'], 'int8_string')).toEqual(['Jõgeva', '_日本']);
    expect(await texts(['Jõgeva', 'Åland'], 'int8_string', 'latin1')).toEqual(['Jõgeva', 'Åland']);
    expect(await texts(['Jõgeva', 'Åland'], 'chars', 'latin1')).toEqual(['Jõgeva', 'Åland']);
  });

  it('fill tables of 256 and of 65,536', async () => {
    const bytes = Array.from({ length: 300 }, (_, i) => `t${i % 256}`);
    expect(await texts(bytes, 'int8_string')).toEqual(bytes);
    const words = Array.from({ length: 65_536 }, (_, i) => `t${i}`);
    expect(await texts(words, 'int16_string')).toEqual(words);
  });
});

describe('kinds', () => {
  it.each<[string, Odb2ColumnInput]>([
    ['double', { name: 'a', type: 'integer', codec: 'int8', values: [0.5, 1.5] }],
    ['double', { name: 'a', type: 'integer', codec: 'int16', values: [2 ** 31 - 2, 2 ** 31 - 3] }],
    ['double', { name: 'a', type: 'integer', codec: 'constant', values: [1e10, 1e10] }],
    ['double', { name: 'a', type: 'integer', codec: 'long_real', values: [1e12, 3] }],
    ['double', { name: 'a', type: 'real', codec: 'constant', values: [0.1, 0.1] }],
  ])('%s where the codec can hold more than the type', async (kind, column) => {
    const reading = await readAll(encodeOdb2([{ columns: [column] }]));
    expect(valuesOf(reading, 'a')).toEqual(column.values);
    expect(kindIn(reading, 'a')).toBe(kind);
  });
});
