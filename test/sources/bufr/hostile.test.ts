/** Messages made to hang, to fill the memory or to read beyond their end: refused, quickly. */
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.js';
import { loadTables } from '../../../src/sources/bufr/tables.js';
import { decodeBufr } from '../../support/bufr-decoding.js';
import { encodeBufr } from '../../support/bufr-encoder.js';
import { bits, ones, type RawMessage, rawBufr, textBits } from '../../support/bufr-raw.js';

const tables = await loadTables();

/** The code of the refusal. How much work comes before it is counted in `left-over.test.ts`. */
function refusal(raw: Uint8Array | RawMessage): string {
  const bytes = raw instanceof Uint8Array ? raw : rawBufr(raw);
  try {
    decodeBufr(bytes);
    return 'decoded';
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.code;
  }
}

const repeated = (depth: number, times: number): number[] =>
  Array.from({ length: depth }, (_, i) => 100_000 + (depth - i) * 1000 + times);

describe('bombs', () => {
  it('of nested fixed replications', () => {
    expect(refusal({ descriptors: [...repeated(6, 255), 7004], data: ones(4000) })).toBe('BUFR_TRUNCATED');
    expect(refusal({ descriptors: [...repeated(6, 255), 241_000], data: ones(4000) })).toBe('BUFR_TOO_LARGE');
  });

  it('of nested delayed replications without data', () => {
    const descriptors = [103_000, 31_002, 101_000, 31_002, 241_000];
    expect(refusal({ descriptors, data: `${ones(15)}0`.repeat(5000) })).toBe('BUFR_TOO_LARGE');
  });

  it('of absent elements, which take no bits', () => {
    const descriptors = [...repeated(5, 255), 221_255, 12101];
    expect(
      refusal({ descriptors: descriptors.map((d) => (d < 200_000 && d > 100_000 ? d + 1000 : d)), data: '' }),
    ).toBe('BUFR_TOO_LARGE');
  });

  it('of elements that are zero bits wide, in nested replications', () => {
    const descriptors = [105_000, 31_002, 103_000, 31_001, 201_116, 12_001, 201_000];
    const data = `${bits(65_000, 16)}${bits(61, 8).repeat(100)}`;
    expect(refusal({ descriptors, data })).toBe('BUFR_TOO_LARGE');
    expect(refusal({ descriptors, data, compressed: true })).toBe('BUFR_TOO_LARGE');
  });

  it('of compressed elements in 65,535 subsets that differ by a bit', () => {
    const first = `${bits(1, 14)}${bits(1, 6)}${'01'.repeat(32_767)}0`;
    const descriptors = [7004, 101_000, 31_001, 7004];
    const message = { descriptors, compressed: true, subsets: 65_535 };
    const data = (levels: number): string =>
      `${first}${bits(levels, 8)}${bits(0, 6)}${(bits(1, 14) + bits(0, 6)).repeat(levels)}`;
    // Seventeen million values, then two million.
    expect(refusal({ ...message, data: data(255) })).toBe('BUFR_TOO_LARGE');
    expect(refusal({ ...message, data: data(30) })).toBe('decoded');
  });

  it('of compressed texts', () => {
    const first = `${textBits(' ')}${bits(1, 6)}${textBits('A').repeat(65_535)}`;
    const data = `${first}${(textBits(' ') + bits(0, 6)).repeat(254)}`;
    const message = { descriptors: [208_001, 101_255, 1015], compressed: true, subsets: 65_535 };
    expect(refusal({ ...message, data })).toBe('BUFR_TOO_LARGE');
    expect(refusal({ ...message, data: data.slice(0, 400_000) })).toBe('BUFR_TRUNCATED');
  });

  it('of subsets without data', () => {
    expect(refusal({ descriptors: [241_000], subsets: 65_535, data: '' })).toBe('BUFR_TOO_LARGE');
    expect(refusal({ descriptors: [101_255, 241_000], subsets: 65_535, data: '' })).toBe('BUFR_TOO_LARGE');
    expect(refusal({ descriptors: [241_000], subsets: 20, data: '' })).toBe('decoded');
  });

  it('of sequences', () => {
    const descriptors = Array.from({ length: 60_000 }, () => 309_052);
    expect(refusal({ descriptors, data: '' })).toBe('BUFR_TOO_LARGE');
  });

  it('of replications nested deeper than any real one', () => {
    const descriptors = Array.from({ length: 63 }, (_, i) => 101_001 + (62 - i) * 1000);
    expect(refusal({ descriptors: [...descriptors, 7004], data: ones(14) })).toBe('BUFR_TOO_LARGE');
  });

  it('of bitmaps that look for their elements among operators', () => {
    const operators = Array.from({ length: 20_000 }, () => 205_000);
    const bitmaps = Array.from({ length: 20_000 }, () => [222_000, 31_031]).flat();
    const descriptors = [7004, ...operators, ...bitmaps];
    expect(refusal({ descriptors, data: '0'.repeat(30_000) })).toBe('BUFR_TOO_LARGE');
  });

  it('of new references, which are not kept from message to message', () => {
    const descriptors = [...repeated(2, 255).map((d) => d + 4000), 203_024, 10009, 203_255, 10009, 203_000];
    // A new reference of 24 bits and a height of 17.
    expect(refusal({ descriptors, data: '01'.repeat(Math.ceil((255 * 255 * 41) / 2)) })).toBe('decoded');
  });

  it('leave no memory behind', () => {
    const first = `${bits(1, 14)}${bits(1, 6)}${'01'.repeat(32_767)}0`;
    const descriptors = [7004, 101_060, 7004];
    const data = `${first}${(bits(1, 14) + bits(0, 6)).repeat(60)}`;
    const large = rawBufr({ descriptors, compressed: true, subsets: 65_535, data });
    for (let i = 0; i < 12; i++) expect(decodeBufr(large).subsets).toHaveLength(65_535);
    expect(process.memoryUsage().arrayBuffers).toBeLessThan(700 * 2 ** 20);
  });
});

describe('truncated messages', () => {
  const whole = encodeBufr({
    tables,
    edition: 3,
    section2: Uint8Array.of(1, 2, 3),
    descriptors: [301_001, 101_000, 31_001, 7004, 1015, 222_000, 101_002, 31_031, 33007],
    subsets: [[11, 35, 2, 100_000, 90_000, 'HOHE WARTE', 0, 1, 70]],
  });

  it('are errors at every length, also where the end was put back and the length corrected', () => {
    expect(decodeBufr(whole).subsets).toHaveLength(1);
    for (let cut = 0; cut < whole.length; cut++) {
      expect(refusal(whole.slice(0, cut))).toMatch(/^BUFR_(EDITION|LENGTH)$/);
      const ended = Buffer.concat([whole.subarray(0, cut), Buffer.from('7777')]);
      if (cut < 8 || cut >= whole.length - 4) continue;
      ended.writeUIntBE(ended.length, 4, 3);
      expect(refusal(ended)).toBe('BUFR_LENGTH');
    }
  });

  it('whose data section is shorter than it should be are errors of their own', () => {
    const { data } = decodeBufr(whole).header;
    for (let length = 0; length < data.end - data.start - 1; length++) {
      const bytes = Buffer.concat([whole.subarray(0, data.start + length), Buffer.from('7777')]);
      bytes.writeUIntBE(bytes.length, 4, 3);
      bytes.writeUIntBE(4 + length, data.start - 4, 3);
      expect(refusal(bytes)).toBe('BUFR_TRUNCATED');
    }
  });
});

describe('caches', () => {
  it('do not grow with the number of templates and of operators', () => {
    for (let i = 0; i < 3000; i++) {
      const width = 1 + (i % 200);
      const descriptors = [201_000 + 129 + (i % 60), 208_000 + width, 7004, 1015, 202_129, 7004];
      const data = '0'.repeat(14 + 2 * (1 + (i % 60)) + 14 + 8 * width);
      const { subsets } = decodeBufr(rawBufr({ descriptors, data }));
      expect(subsets[0]!.elements.map((element) => element.width)).toEqual([
        15 + (i % 60),
        8 * width,
        15 + (i % 60),
      ]);
    }
  });
});
