import { describe, expect, it } from 'vitest';
import { canonicalCodes, codeLengths, MAX_BITS } from '../../src/netcdf4/write/deflate/huffman.js';
import { createRandom } from '../support/random.js';

function lengthsOf(frequencies: readonly number[], limit = MAX_BITS): number[] {
  const lengths = new Uint8Array(frequencies.length);
  codeLengths(Uint32Array.from(frequencies), limit, lengths);
  return [...lengths];
}

/** 1 where the code is complete. */
const kraft = (lengths: readonly number[]): number =>
  lengths.reduce((sum, length) => sum + (length > 0 ? 2 ** -length : 0), 0);

describe('a Huffman code', () => {
  it('is the known one of a known example', () => {
    expect(lengthsOf([45, 13, 12, 16, 9, 5])).toEqual([1, 3, 3, 3, 4, 4]);
    expect(lengthsOf([1, 1, 1, 1])).toEqual([2, 2, 2, 2]);
  });

  it('has two symbols at least', () => {
    expect(lengthsOf([0, 7, 0])).toEqual([1, 1, 0]);
    expect(lengthsOf([0, 0, 0])).toEqual([1, 1, 0]);
  });

  it('is complete and within its limit for any frequencies, and rarer symbols are never shorter', () => {
    const random = createRandom(8);
    for (let i = 0; i < 300; i++) {
      const steep = random.next() < 0.5;
      const frequencies = Array.from({ length: random.integer(2, 286) }, (_, symbol) =>
        random.next() < 0.3 ? 0 : steep ? Math.floor(1.3 ** (symbol % 60)) : random.integer(1, 1000),
      );
      const limit = frequencies.length <= 100 ? 7 : MAX_BITS;
      const lengths = lengthsOf(frequencies, limit);
      expect(kraft(lengths)).toBe(1);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(limit);
      const used = frequencies.flatMap((n, symbol) => (n > 0 ? [[n, lengths[symbol] ?? 0] as const] : []));
      used.sort(([a, x], [b, y]) => a - b || y - x);
      for (let k = 1; k < used.length; k++) expect(used[k]?.[1]).toBeLessThanOrEqual(used[k - 1]?.[1] ?? 0);
    }
  });

  it('has canonical codes, first bit lowest (the example of RFC 1951, 3.2.2)', () => {
    const { bits } = canonicalCodes(Uint8Array.of(3, 3, 3, 3, 3, 2, 4, 4));
    const text = (symbol: number, length: number): string =>
      (bits[symbol] ?? 0).toString(2).padStart(length, '0').split('').reverse().join('');
    expect([3, 3, 3, 3, 3, 2, 4, 4].map((length, symbol) => text(symbol, length))).toEqual([
      '010',
      '011',
      '100',
      '101',
      '110',
      '00',
      '1110',
      '1111',
    ]);
  });
});
