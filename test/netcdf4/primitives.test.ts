import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../src/netcdf4/bytes.js';
import { lookup3 } from '../../src/netcdf4/checksum.js';
import { shuffle } from '../../src/netcdf4/shuffle.js';
import { isConstant } from '../../src/netcdf4/write/fill.js';

describe('lookup3', () => {
  // The values that the author's own self-test (`driver5` of lookup3.c) states for hashlittle with the initial value 0.
  it('gives the published values', () => {
    expect(lookup3(new Uint8Array(0), 0, 0)).toBe(0xdeadbeef);
    const text = Buffer.from('Four score and seven years ago');
    expect(lookup3(text, 0, text.length)).toBe(0x17770551);
  });

  it('depends on every byte of its range and on nothing else', () => {
    const bytes = Uint8Array.from({ length: 45 }, (_, i) => i * 7);
    const value = lookup3(bytes, 4, 41);
    expect(lookup3(bytes.subarray(4, 41), 0, 37)).toBe(value);
    for (let i = 0; i < bytes.length; i++) {
      const changed = bytes.slice();
      changed[i] = (changed[i] as number) ^ 1;
      expect(lookup3(changed, 4, 41) === value, `byte ${i}`).toBe(i < 4 || i >= 41);
    }
  });
});

describe('shuffle', () => {
  it.each([1, 2, 3, 4, 8, 16])('gathers byte k of all elements of %i bytes', (size) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (source) => {
        const target = new Uint8Array(source.length);
        shuffle(source, size, target);
        const count = Math.floor(source.length / size);
        for (let i = 0; i < count * size; i++)
          expect(target[(i % size) * count + Math.floor(i / size)]).toBe(source[i]);
        expect(target.subarray(count * size)).toEqual(source.subarray(count * size));
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('takes a source that is not aligned', () => {
    const bytes = Uint8Array.from({ length: 17 }, (_, i) => i);
    const target = new Uint8Array(16);
    shuffle(bytes.subarray(1), 8, target);
    expect([...target]).toEqual([1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15, 8, 16]);
  });
});

describe('isConstant', () => {
  it('sees a single different byte anywhere', () => {
    for (const size of [1, 2, 4, 8]) {
      const values = new Uint8Array(size * 40).map((_, i) => i % size);
      expect(isConstant(values, size)).toBe(true);
      for (let i = 0; i < values.length; i++) {
        const changed = values.slice();
        changed[i] = 99;
        expect(isConstant(changed, size), `${size} ${i}`).toBe(false);
      }
      expect(isConstant(values.subarray(0, size), size)).toBe(true);
    }
  });
});

describe('ByteWriter', () => {
  it('writes little-endian fields and grows', () => {
    const w = new ByteWriter(1);
    w.u8(0x1ff);
    w.u16(0xfedc);
    w.u32(0xfedcba98);
    w.u64(2 ** 52 + 3);
    w.address(undefined);
    expect(w.text('aé')).toBe(3);
    w.align(8);
    const view = Buffer.from(w.finish());
    expect(view.length).toBe(32);
    expect(view[0]).toBe(0xff);
    expect(view.readUInt16LE(1)).toBe(0xfedc);
    expect(view.readUInt32LE(3)).toBe(0xfedcba98);
    expect(view.readBigUInt64LE(7)).toBe(2n ** 52n + 3n);
    expect(view.readBigUInt64LE(15)).toBe(2n ** 64n - 1n);
    expect(view.toString('utf8', 23, 26)).toBe('aé');
    w.setU64(7, 5 * 2 ** 32);
    expect(Buffer.from(w.finish()).readBigUInt64LE(7)).toBe(5n * 2n ** 32n);
  });
});
