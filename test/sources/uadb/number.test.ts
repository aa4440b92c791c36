import { describe, expect, it } from 'vitest';
import { decimal, NO_NUMBER } from '../../../src/sources/text/numbers.js';
import { hundredths, MISSING, UNREADABLE } from '../../../src/sources/uadb/number.js';
import { createRandom } from '../../support/random.js';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

/** What the text of a field means in hundredths, by patterns and decimal shifts of its text. */
function meaning(text: string): number {
  if (/^ *$/.test(text)) return MISSING;
  const parts = /^ *(-?)(\d*)(?:\.(\d*))?$/.exec(text);
  const [, sign = '', whole = '', fraction = ''] = parts ?? [];
  if (parts === null || whole + fraction === '' || /[1-9]/.test(fraction.slice(2))) return UNREADABLE;
  const value = Number(`${sign}${whole}${fraction.padEnd(2, '0').slice(0, 2)}`) + 0;
  return Math.abs(value) < 1e9 ? value : UNREADABLE;
}

function read(text: string): number {
  return hundredths(bytesOf(text), 0, text.length, text.length);
}

function expectMeaning(text: string): void {
  const value = read(text);
  if (value !== meaning(text)) expect({ text, value }).toEqual({ text, value: meaning(text) });
}

describe('fields', () => {
  it('of six columns with one decimal agree with the pattern', () => {
    const alphabet = [' ', '-', '0', '9', 'x'];
    let texts = [''];
    for (let i = 0; i < 4; i++) texts = texts.flatMap((text) => alphabet.map((c) => text + c));
    expect(texts).toHaveLength(625);
    for (const head of texts) {
      for (const tail of ['.0', '.7', '..', ' 5', '.-', '. ', '\n1']) expectMeaning(head + tail);
    }
  });

  it('of six columns: every number with one decimal, and every whole number', () => {
    for (let tenths = -9999; tenths <= 99_999; tenths += 7) {
      const digits = String(Math.abs(tenths)).padStart(2, '0');
      const text = `${tenths < 0 ? '-' : ''}${digits.slice(0, -1)}.${digits.slice(-1)}`.padStart(6);
      if (read(text) !== tenths * 10)
        expect({ text, value: read(text) }).toEqual({ text, value: tenths * 10 });
    }
    for (let n = -999; n <= 9999; n++) if (read(String(n).padStart(6)) !== n * 100) expect(n).toBeNull();
  });

  it('of eight columns agree with the pattern', () => {
    const random = createRandom(41);
    const characters = ' --00123456789.x\xae';
    for (let i = 0; i < 30_000; i++) {
      const lead = random.integer(0, 6);
      const middle = Array.from({ length: 6 - lead }, () =>
        random.chance(0.8) ? String(random.integer(0, 9)) : characters[random.integer(0, 16)],
      ).join('');
      expectMeaning(`${' '.repeat(lead)}${middle}.${random.integer(0, 9)}`);
    }
    expect(read('-99999.0')).toBe(-9_999_900);
    expect(read(' 31140.0')).toBe(3_114_000);
    expect(read('  9999.9')).toBe(999_990);
  });

  it.each([
    ['  1000.0', 100_000],
    ['  999.99', 99_999],
    [' 999.990', 99_999],
    ['  999.9 ', UNREADABLE],
    [' 999.991', UNREADABLE],
    ['    1000', 100_000],
    ['   1000.', 100_000],
    ['      .5', 50],
    ['    -0.5', -50],
    ['    -0.0', 0],
    ['       .', UNREADABLE],
    ['       -', UNREADABLE],
    ['   1.5.0', UNREADABLE],
    ['  1.0E+3', UNREADABLE],
    ['********', UNREADABLE],
    ['   +12.0', UNREADABLE],
    ['99999999', UNREADABLE],
    ['        ', MISSING],
  ])('%j is %d hundredths', (text, value) => {
    expect(read(text)).toBe(value);
    expect(Object.is(read(text), -0)).toBe(false);
  });

  it('decimals are the doubles nearest to the text', () => {
    for (const text of [
      '   -9.3700',
      '  305.1000',
      '    0.0700',
      '-179.99999',
      '5668994',
      '0.1',
      '123456789012',
    ])
      expect(decimal(bytesOf(text), 0, text.length, text.length)).toBe(Number(text));
    expect(decimal(bytesOf('    '), 0, 4, 4)).toBeNaN();
    expect(decimal(bytesOf(' 12a'), 0, 4, 4)).toBe(NO_NUMBER);
  });

  it('that the line cuts: blank or unreadable', () => {
    const bytes = bytesOf('   12.5');
    expect(hundredths(bytes, 0, 7, 3)).toBe(MISSING);
    expect(hundredths(bytes, 0, 7, 5)).toBe(UNREADABLE);
    expect(hundredths(bytes, 0, 7, 7)).toBe(1250);
    expect(hundredths(bytes, 4, 7, 2)).toBe(MISSING);
  });
});
