import { describe, expect, it } from 'vitest';
import { createRecentText } from '../../../src/sources/text/columns.js';
import { PAIR, pairTable, TAIL, tailTable } from '../../../src/sources/text/pairs.js';

/** All pairs of bytes, as text and as the index of the tables. */
const PAIRS = Array.from({ length: 1 << 16 }, (_, index) => ({
  index,
  text: String.fromCharCode(index & 0xff, index >> 8),
}));

describe('pairs of columns', () => {
  it('mean what the text says, for all pairs of bytes', () => {
    const table = pairTable();
    let usable = 0;
    for (const { index, text } of PAIRS) {
      const entry = table[index] ?? Number.NaN;
      if (!/^(?: | -|[ -]\d|\d\d| {2})$/.test(text) || text.length !== 2) {
        if (entry !== PAIR.unusable) expect({ text, entry }).toEqual({ text, entry: PAIR.unusable });
        continue;
      }
      usable++;
      const digits = text.replace(/\D/g, '');
      expect({
        text,
        value: entry & PAIR.value,
        negative: entry < 0,
        begins: (entry & PAIR.begins) !== 0,
        begun: (entry & PAIR.begun) !== 0,
        open: (entry & PAIR.open) !== 0,
        unusable: (entry & PAIR.unusable) !== 0,
      }).toEqual({
        text,
        value: Number(digits),
        negative: text.includes('-'),
        begins: !/^\d/.test(text),
        begun: text !== '  ',
        open: !/\d$/.test(text),
        unusable: false,
      });
    }
    expect(usable).toBe(122);
    // One shift brings the two bits together that must not meet.
    expect(PAIR.begun >> 1).toBe(PAIR.begins);
  });

  it('of a digit and the character beside it: the digit and which character, for all pairs of bytes', () => {
    for (const order of ['digit first', 'digit last'] as const) {
      const table = tailTable(' AB', order);
      for (const { index, text } of PAIRS) {
        const [digit = '', other = ''] = order === 'digit first' ? text : [text[1], text[0]];
        const expected =
          /\d/.test(digit) && ' AB'.includes(other)
            ? Number(digit) | (' AB'.indexOf(other) << TAIL.kindShift)
            : TAIL.unusable;
        if (table[index] !== expected)
          expect({ text, entry: table[index] }).toEqual({ text, entry: expected });
      }
      expect(new Set(table).size).toBe(31);
    }
  });
});

describe('the text of a header', () => {
  it('is made anew where a byte differs, and only there', () => {
    let made = 0;
    const read = createRecentText(3, (bytes, from, end) => {
      made++;
      return Buffer.from(bytes.subarray(from, Math.min(from + 3, end))).toString('latin1');
    });
    const of = (line: string, from: number, end = line.length): string =>
      read(Buffer.from(line, 'latin1'), from, end);
    expect(of('\0\0\0', 0)).toBe('\0\0\0');
    expect([of('xabc', 1), of('abcd', 0), of('..abc', 2)]).toEqual(['abc', 'abc', 'abc']);
    expect(made).toBe(2);
    expect([of('abd', 0), of('bbd', 0), of('abc', 0)]).toEqual(['abd', 'bbd', 'abc']);
    expect(made).toBe(5);
    expect(of('abcdef', 0, 2)).toBe('ab');
    expect(of('abc', 0)).toBe('abc');
    expect(made).toBe(6);
  });
});
