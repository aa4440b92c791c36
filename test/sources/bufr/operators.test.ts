/** Every operator of table C, by messages whose bits are spelled out. */
import { describe, expect, it } from 'vitest';
import { contentOf, decodeBufr } from '../../support/bufr-decoding.js';
import { bits, ones, type RawMessage, rawBufr, textBits } from '../../support/bufr-raw.js';

/** The data of the first subset. */
function read(descriptors: readonly number[], data: string, more: Partial<RawMessage> = {}) {
  return contentOf(decodeBufr(rawBufr({ descriptors, data, ...more })).subsets[0]!);
}

// 007004 pressure: scale -1, reference 0, 14 bits. 012101 temperature: scale 2, 16 bits. 011002 wind speed: scale 1, 12 bits.
// 010009 height: scale 0, reference -1000, 17 bits. 020003 weather: code, 9 bits. 001015 name: 20 characters.

describe('elements without an operator', () => {
  it('are the raw number plus the reference, divided by the scale', () => {
    const data = bits(10_132, 14) + bits(27_315, 16) + bits(1000 - 12, 17);
    expect(read([7004, 12101, 10009], data)).toEqual([
      [7004, 101_320],
      [12101, 273.15],
      [10009, -12],
    ]);
  });

  it('are missing where all bits are set, texts too', () => {
    expect(read([7004, 1015, 20003], ones(14) + ones(160) + ones(9))).toEqual([
      [7004, null],
      [1015, null],
      [20003, null],
    ]);
  });

  it('of text lose NULs and the blanks at their end', () => {
    expect(read([1015], textBits(` De Bilt${'\0'.repeat(4)}${' '.repeat(8)}`))).toEqual([[1015, ' De Bilt']]);
  });
});

describe('operators that change elements', () => {
  it('201 changes the width of numbers, not of codes', () => {
    const data = bits(50_000, 18) + bits(7, 9) + bits(10_132, 14);
    expect(read([201_132, 7004, 20003, 201_000, 7004], data)).toEqual([
      [7004, 500_000],
      [20003, 7],
      [7004, 101_320],
    ]);
  });

  it('202 changes the scale of numbers, not of codes', () => {
    const data = bits(10_132, 14) + bits(7, 9) + bits(10_132, 14);
    expect(read([202_130, 7004, 20003, 202_000, 7004], data)).toEqual([
      [7004, 1013.2],
      [20003, 7],
      [7004, 101_320],
    ]);
  });

  it('201 of a narrower width tells missing by that width', () => {
    expect(read([201_120, 7004, 7004], ones(6) + bits(5, 6))).toEqual([
      [7004, null],
      [7004, 50],
    ]);
  });

  it('203 gives new references, negative ones by a leading sign bit, until 203000', () => {
    const data = `${bits(2 ** 11 + 500, 12) + bits(600, 17)}${bits(600, 17)}`;
    expect(read([203_012, 10009, 203_255, 10009, 203_000, 10009], data)).toEqual([
      [10009, 100],
      [10009, -400],
    ]);
  });

  it('204 puts associated fields before elements, nested ones as one, none before class 31', () => {
    const data = `${bits(1, 6)}${bits(0b11, 2)}${bits(10_132, 14)}${bits(1, 6)}${bits(5, 5)}${bits(7, 9)}${bits(8, 9)}`;
    expect(read([204_002, 31_021, 7004, 204_003, 31_021, 20003, 204_000, 204_000, 20003], data)).toEqual([
      [31_021, 1],
      [999_999, 3],
      [7004, 101_320],
      [31_021, 1],
      [999_999, 5],
      [20003, 7],
      [20003, 8],
    ]);
  });

  it('205 puts a text into the data', () => {
    expect(read([205_005, 20003], textBits('ABC  ') + bits(7, 9))).toEqual([
      [205_005, 'ABC'],
      [20003, 7],
    ]);
  });

  it('206 passes over a local element that nobody knows, raw', () => {
    const { subsets } = decodeBufr(
      rawBufr({ descriptors: [206_011, 12_250, 7004], data: bits(1234, 11) + bits(10_132, 14) }),
    );
    expect(contentOf(subsets[0]!)).toEqual([
      [12_250, 1234],
      [7004, 101_320],
    ]);
    expect(subsets[0]!.elements[0]).toMatchObject({ name: 'unknown', width: 11, scale: 0, reference: 0 });
  });

  it('207 increases scale, reference and width together', () => {
    // Two more digits: 7 more bits, ((10 * 2) + 2) / 3.
    const data = bits(2_731_500, 23) + bits(123_456 + 100_000, 24) + bits(7, 9);
    expect(read([207_002, 12101, 10009, 20003, 207_000], data)).toEqual([
      [12101, 273.15],
      [10009, 1234.56],
      [20003, 7],
    ]);
  });

  it('208 changes the width of texts', () => {
    expect(read([208_003, 1015, 208_000, 205_001], textBits('ABCD'))).toEqual([
      [1015, 'ABC'],
      [205_001, 'D'],
    ]);
  });

  it('221 leaves out the data of the next elements but those of classes 1 to 9', () => {
    const data = bits(10_132, 14) + bits(27_315, 16);
    expect(read([221_002, 12101, 7004, 12101], data)).toEqual([
      [7004, 101_320],
      [12101, 273.15],
    ]);
  });

  it('241 to 243 only bracket data', () => {
    const data = bits(1, 14) + bits(2, 14) + bits(3, 14);
    const descriptors = [241_000, 7004, 241_255, 242_000, 7004, 242_255, 243_000, 7004, 243_255];
    expect(read(descriptors, data)).toEqual([
      [7004, 10],
      [7004, 20],
      [7004, 30],
    ]);
  });
});

describe('replication', () => {
  it('is fixed, or by a factor of 1, 8 or 16 bits', () => {
    const speed = (value: number): string => bits(10 * value, 12);
    const data = `${speed(1)}${speed(2)}1${speed(3)}${bits(2, 8)}${speed(4)}${speed(5)}${bits(1, 16)}${speed(6)}`;
    const descriptors = [
      ...[101_002, 11002],
      ...[101_000, 31_000, 11002],
      ...[101_000, 31_001, 11002],
      ...[101_000, 31_002, 11002],
    ];
    const { subsets } = decodeBufr(rawBufr({ descriptors, data }));
    const speeds = contentOf(subsets[0]!).filter(([descriptor]) => descriptor === 11002);
    expect(speeds.map(([, value]) => value)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(subsets[0]!.replications).toEqual([
      { factor: -1, starts: [0, 1], end: 2 },
      { factor: 2, starts: [3], end: 4 },
      { factor: 4, starts: [5, 6], end: 7 },
      { factor: 7, starts: [8], end: 9 },
    ]);
  });

  it('nested has entries of its own after the outer one', () => {
    const data = `${bits(2, 8)}${bits(1, 8)}${bits(7, 9)}${bits(2, 8)}${bits(8, 9)}${bits(9, 9)}`;
    const { subsets } = decodeBufr(rawBufr({ descriptors: [103_000, 31_001, 101_000, 31_001, 20003], data }));
    expect(subsets[0]!.replications).toEqual([
      { factor: 0, starts: [1, 3], end: 6 },
      { factor: 1, starts: [2], end: 3 },
      { factor: 3, starts: [4, 5], end: 6 },
    ]);
  });

  it.each([
    [31_000, '0', 0],
    [31_001, bits(0, 8), 0],
    [31_000, '1', 1],
    [31_001, ones(8), 255],
    [31_002, ones(16), 65_535],
    [31_011, bits(0, 8), 0],
    [31_011, bits(9, 8), 1],
    [31_011, ones(8), 1],
    [31_012, bits(300, 16), 1],
    [31_012, ones(16), 1],
  ])('with %i = %s has the data %i times', (factor, digits, times) => {
    const data = `${digits}${bits(7, 9).repeat(times)}${bits(10_132, 14)}`;
    const content = read([101_000, factor, 20003, 7004], data);
    expect(content.filter(([descriptor]) => descriptor === 20003)).toHaveLength(times);
    expect(content.at(-1)).toEqual([7004, 101_320]);
    expect(content[0]).toEqual([factor, Number.parseInt(digits, 2)]);
  });

  it('has the same counts in compressed data', () => {
    const data = `${ones(8)}${bits(0, 6)}${(bits(7, 9) + bits(0, 6)).repeat(255)}`;
    const { subsets } = decodeBufr(
      rawBufr({ descriptors: [101_000, 31_001, 20003], data, compressed: true, subsets: 3 }),
    );
    expect(subsets.map(({ length, values }) => [length, values[0], values[255]])).toEqual(
      Array.from({ length: 3 }, () => [256, 255, 7]),
    );
  });

  it('by an element that may be missing has the data 0 times where it is', () => {
    expect(read([101_000, 20003, 20003, 7004], `${ones(9)}${bits(10_132, 14)}`)).toEqual([
      [20003, null],
      [7004, 101_320],
    ]);
  });
});

describe('elements of class 31', () => {
  it('that count or flag are never missing; the meaning of an associated field may be', () => {
    const descriptors = [31_000, 31_001, 31_002, 31_011, 31_012, 31_021, 31_031];
    expect(read(descriptors, ones(1 + 8 + 16 + 8 + 16 + 6 + 1))).toEqual([
      [31_000, 1],
      [31_001, 255],
      [31_002, 65_535],
      [31_011, 255],
      [31_012, 65_535],
      [31_021, null],
      [31_031, 1],
    ]);
  });
});

describe('wide numbers', () => {
  it.each([25, 26, 31, 32, 33, 47, 53])('of %i bits are exact wherever they begin', (width) => {
    const value = 2 ** width - 3;
    for (const offset of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const data = bits(0, offset) + bits(value, width) + bits(7, 9);
      const descriptors = [206_000 + offset, 12_250, 206_000 + width, 12_251, 20003];
      expect(read(descriptors, data)).toEqual([
        [12_250, 0],
        [12_251, value],
        [20003, 7],
      ]);
    }
  });

  it('of more than 53 bits are nearly right, or missing', () => {
    const data = `1${'0'.repeat(63)}${ones(64)}${bits(7, 9)}`;
    expect(read([206_064, 12_250, 206_064, 12_251, 20003], data)).toEqual([
      [12_250, 2 ** 63],
      [12_251, null],
      [20003, 7],
    ]);
  });
});

describe('compressed data', () => {
  const read3 = (descriptors: readonly number[], data: string) =>
    decodeBufr(rawBufr({ descriptors, data, compressed: true, subsets: 3 })).subsets.map(contentOf);

  it('have a lowest value and increments, all ones of which is missing', () => {
    const data = `${bits(10_000, 14)}${bits(4, 6)}${bits(0, 4)}${bits(14, 4)}${ones(4)}`;
    expect(read3([7004], data)).toEqual([[[7004, 100_000]], [[7004, 100_140]], [[7004, null]]]);
  });

  it('have one value for all subsets where the width of the increments is 0', () => {
    const data = `${bits(10_132, 14)}${bits(0, 6)}${ones(14)}${bits(0, 6)}`;
    const content = [
      [7004, 101_320],
      [7004, null],
    ];
    expect(read3([7004, 7004], data)).toEqual([content, content, content]);
  });

  it('of text have increments in octets', () => {
    const data = `${'0'.repeat(160)}${bits(2, 6)}${textBits('ABC ')}${ones(16)}`;
    expect(read3([1015], data)).toEqual([[[1015, 'AB']], [[1015, 'C']], [[1015, null]]]);
  });

  it('with different replication factors are refused', () => {
    const data = `${bits(1, 8)}${bits(2, 6)}${bits(0, 2)}${bits(1, 2)}${bits(0, 2)}`;
    expect(() => read3([101_000, 31_001, 20003], data)).toThrow(
      expect.objectContaining({ code: 'BUFR_TEMPLATE', position: { field: '031001' } }),
    );
  });

  it('share new references', () => {
    const data = `${bits(500, 12)}${bits(0, 6)}${bits(100, 17)}${bits(0, 6)}`;
    expect(read3([203_012, 10009, 203_255, 10009], data)[2]).toEqual([[10009, 600]]);
  });
});

describe('refused are', () => {
  it.each([
    ['an unknown element', [12_250], 'BUFR_UNKNOWN_DESCRIPTOR', '012250'],
    ['an unknown sequence', [363_255], 'BUFR_UNKNOWN_DESCRIPTOR', '363255'],
    ['an unknown replication factor', [101_000, 31_250, 7004], 'BUFR_UNKNOWN_DESCRIPTOR', '031250'],
    ['an unknown operator', [209_001, 7004], 'BUFR_OPERATOR', '209001'],
    ['a width below zero', [201_001, 7004], 'BUFR_OPERATOR', '007004'],
    ['a scale without bounds', [207_255, 7004], 'BUFR_OPERATOR', '007004'],
    ['associated fields without bounds', [204_050, 204_050, 7004], 'BUFR_OPERATOR', '204000'],
    ['a replication of more than follows', [103_002, 7004], 'BUFR_TEMPLATE', '103002'],
    ['a replication of nothing', [100_002, 7004], 'BUFR_TEMPLATE', '100002'],
    ['a replication without a factor', [101_000], 'BUFR_TEMPLATE', '101000'],
    ['no descriptors', [], 'BUFR_TEMPLATE', undefined],
    ['a marker without a bitmap', [7004, 224_255], 'BUFR_BITMAP', '224255'],
    ['too few data', [7004, 1015], 'BUFR_TRUNCATED', undefined],
  ] as const)('%s', (_, descriptors, code, field) => {
    const message = rawBufr({ descriptors, data: '0'.repeat(40) });
    expect(() => decodeBufr(message)).toThrow(
      expect.objectContaining({ code, position: field === undefined ? {} : { field } }),
    );
    if (field !== undefined) expect(() => decodeBufr(message)).toThrow(field.replace(/^204000$/, '100 bits'));
  });

  it('another master table than 0', () => {
    const message = rawBufr({ descriptors: [7004], data: '0'.repeat(40), masterTable: 10 });
    expect(() => decodeBufr(message)).toThrow(expect.objectContaining({ code: 'BUFR_MASTER_TABLE' }));
  });
});
