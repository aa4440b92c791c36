import { describe, expect, it } from 'vitest';
import { field, MISSING, UNREADABLE } from '../../../src/sources/igra2/field.js';
import { createRandom } from '../../support/random.js';

/** What the text of a field means, by a pattern. */
function meaning(text: string): number {
  if (/^ *$/.test(text)) return MISSING;
  return /^ *-?\d+$/.test(text) ? Number(text) + 0 : UNREADABLE;
}

function read(text: string): number {
  const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
  return field(bytes, 0, bytes.length, bytes.length);
}

describe('integer fields', () => {
  it('of five columns agree with the pattern, for every text over six characters', () => {
    const alphabet = [' ', '-', '0', '9', 'x', '\xb0'];
    let texts = [''];
    for (let i = 0; i < 5; i++) texts = texts.flatMap((text) => alphabet.map((c) => text + c));
    expect(texts).toHaveLength(7776);
    for (const text of texts) {
      const value = read(text);
      if (value !== meaning(text)) expect({ text, value }).toEqual({ text, value: meaning(text) });
    }
  });

  it('of five columns: every number', () => {
    for (let n = -9999; n <= 99_999; n += 7) if (read(String(n).padStart(5)) !== n) expect(n).toBeNull();
  });

  it('of six columns agree with the pattern', () => {
    const random = createRandom(17);
    const characters = ' --00123456789x\x8a';
    for (let i = 0; i < 20_000; i++) {
      const lead = random.integer(0, 5);
      const text =
        ' '.repeat(lead) +
        Array.from({ length: 6 - lead }, () => characters[random.integer(0, characters.length - 1)]).join('');
      const value = read(text);
      if (value !== meaning(text)) expect({ text, value }).toEqual({ text, value: meaning(text) });
    }
    expect(read('100980')).toBe(100_980);
    expect(read(' -9999')).toBe(MISSING);
  });

  it('that the line cuts: blank or unreadable', () => {
    const bytes = Uint8Array.from('   12', (c) => c.charCodeAt(0));
    expect(field(bytes, 0, 5, 3)).toBe(MISSING);
    expect(field(bytes, 0, 5, 4)).toBe(UNREADABLE);
    expect(field(bytes, 0, 5, 5)).toBe(12);
    expect(field(bytes, 3, 5, 2)).toBe(MISSING);
  });
});
