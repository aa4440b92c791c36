/** Bits behind the last element, and work that is bounded by the bits of a message. */
import { describe, expect, it } from 'vitest';
import { BitReader } from '../../../src/sources/bufr/bits.js';
import { type Budget, stepsFor } from '../../../src/sources/bufr/budget.js';
import { CompressedLayout } from '../../../src/sources/bufr/compressed.js';
import { compile } from '../../../src/sources/bufr/expand.js';
import { readHeader } from '../../../src/sources/bufr/message.js';
import { ElementVariants } from '../../../src/sources/bufr/operators.js';
import { loadTables } from '../../../src/sources/bufr/tables.js';
import { UncompressedLayout, ValuePool } from '../../../src/sources/bufr/uncompressed.js';
import { Walk } from '../../../src/sources/bufr/walk.js';
import { decodeBufr } from '../../support/bufr-decoding.js';
import { encodeBufr } from '../../support/bufr-encoder.js';
import { bits, rawBufr } from '../../support/bufr-raw.js';

const tables = await loadTables();
/** 14 bits. */
const PRESSURE = 7004;

describe('bits left over in section 4', () => {
  const leftOverOf = (data: string): number =>
    decodeBufr(rawBufr({ descriptors: [101_100, PRESSURE], data: bits(1, 14).repeat(100) + data })).leftOver;

  it.each([
    // 1,400 bits are 175 octets: with the head of the section an odd number.
    ['nothing', '', 0],
    ['the octet that makes the section even', '0'.repeat(8), 0],
    ['that octet, whatever is in it', '1'.repeat(8), 0],
    ['two octets', '0'.repeat(16), 8],
    ['a word', '0'.repeat(32), 24],
    ['a fifth', '1'.repeat(360), 352],
  ])('%s', (_name, data, leftOver) => {
    expect(leftOverOf(data)).toBe(leftOver);
  });

  it.each([3, 4] as const)('are none of the padding of edition %i', (edition) => {
    for (let levels = 1; levels < 20; levels++) {
      const bytes = encodeBufr({
        tables,
        edition,
        descriptors: [101_000, 31_001, PRESSURE],
        subsets: [[levels, ...Array.from({ length: levels }, () => 90_000)]],
      });
      expect(decodeBufr(bytes).leftOver).toBe(0);
    }
  });

  it('are damage beyond a quarter of the section, but not where they fill a word', () => {
    // The section has 1,432 + n bits.
    expect(leftOverOf('0'.repeat(480))).toBe(472);
    expect(() => leftOverOf('0'.repeat(496))).toThrow(
      expect.objectContaining({
        code: 'BUFR_LEFT_OVER',
        message: expect.stringMatching(/^488 of the 1928 bits/),
      }),
    );
    expect(decodeBufr(rawBufr({ descriptors: [PRESSURE], data: bits(1, 14).padEnd(48, '0') })).leftOver).toBe(
      32,
    );
    expect(() => decodeBufr(rawBufr({ descriptors: [PRESSURE], data: bits(1, 14).padEnd(56, '0') }))).toThrow(
      expect.objectContaining({ code: 'BUFR_LEFT_OVER' }),
    );
  });

  it('of compressed data are those behind all subsets', () => {
    const data = `${bits(1, 14)}${bits(4, 6)}${bits(5, 4).repeat(200)}`;
    const message = { descriptors: [PRESSURE], compressed: true, subsets: 200 };
    expect(decodeBufr(rawBufr({ ...message, data })).leftOver).toBe(0);
    expect(decodeBufr(rawBufr({ ...message, data: data + '0'.repeat(40) })).leftOver).toBe(32);
  });
});

describe('work', () => {
  /** Steps that decoding takes, or all that the message may take where these are not enough. */
  function stepsOf(raw: Parameters<typeof rawBufr>[0]): { steps: number; bytes: number; refused: boolean } {
    const bytes = rawBufr(raw);
    const header = readHeader(bytes);
    const { start, end } = header.data;
    const reader = new BitReader(bytes, start, end);
    const budget: Budget = stepsFor(8 * (end - start));
    const all = budget.left;
    const layout = raw.compressed
      ? new CompressedLayout(reader, header.subsetCount)
      : new UncompressedLayout(reader, new ValuePool());
    let refused = false;
    try {
      new Walk(layout, new ElementVariants(), budget).run(compile(header.descriptors, tables.select(header)));
    } catch {
      refused = true;
    }
    return { steps: all - Math.max(0, budget.left), bytes: bytes.length, refused };
  }

  const zeroWide = {
    descriptors: [105_000, 31_002, 103_000, 31_001, 201_116, 12_001, 201_000],
    data: `${bits(65_000, 16)}${bits(61, 8).repeat(113)}`,
  };

  it('on elements of no bits is in proportion to the bits of the message', () => {
    for (const compressed of [false, true]) {
      const { steps, bytes, refused } = stepsOf({ ...zeroWide, compressed });
      expect(refused).toBe(true);
      expect(bytes).toBeLessThanOrEqual(182);
      expect(steps).toBeLessThanOrEqual(1000 + 4 * 8 * bytes);
    }
  });

  it('on replications of nothing as well', () => {
    const { steps, bytes, refused } = stepsOf({
      descriptors: [101_000, 31_002, 241_000],
      data: bits(65_000, 16),
    });
    expect(refused).toBe(true);
    expect(steps).toBeLessThanOrEqual(1000 + 4 * 8 * bytes);
  });

  it('on an honest message is one for each element, operator and repetition', () => {
    const levels = Array.from({ length: 50 }, () => bits(1, 14) + bits(2, 12)).join('');
    expect(
      stepsOf({ descriptors: [102_000, 31_001, PRESSURE, 12_001], data: bits(50, 8) + levels }),
    ).toMatchObject({
      steps: 1 + 50 + 100,
      refused: false,
    });
  });
});

describe('compressed subsets that are equal', () => {
  it('are decoded once, however many there are', () => {
    const data = Array.from({ length: 200 }, () => bits(1, 14) + bits(0, 6)).join('');
    const { subsets } = decodeBufr(
      rawBufr({ descriptors: [101_200, PRESSURE], data, compressed: true, subsets: 65_535 }),
    );
    expect(subsets).toHaveLength(65_535);
    expect(new Set(subsets).size).toBe(1);
    expect(subsets[9]!.values).toEqual(new Float64Array(200).fill(10));
  });

  it('but for one element come out in full', () => {
    const same = Array.from({ length: 200 }, () => bits(1, 14) + bits(0, 6)).join('');
    const data = `${bits(0, 14)}${bits(10, 6)}${Array.from({ length: 500 }, (_, k) => bits(k, 10)).join('')}${same}`;
    const { subsets } = decodeBufr(
      rawBufr({ descriptors: [101_201, PRESSURE], data, compressed: true, subsets: 500 }),
    );
    expect(subsets.map(({ values }) => values[0])).toEqual(Array.from({ length: 500 }, (_, k) => 10 * k));
    expect(subsets.every(({ values }) => values.length === 201 && values[200] === 10)).toBe(true);
  });
});
