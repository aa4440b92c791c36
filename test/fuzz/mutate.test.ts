import { describe, expect, it } from 'vitest';
import { mutate, seededRandom } from '../support/mutate.js';

describe('mutations', () => {
  it('leave the input as it is, differ from it, and are the same for the same seed', () => {
    const text = 'a line of text\n'.repeat(40);
    for (const input of [Buffer.from(text), new TextEncoder().encode(text), Buffer.alloc(0)]) {
      const before = Buffer.from(input).toString('latin1');
      const run = (): string[] => {
        const random = seededRandom(5);
        return Array.from({ length: 200 }, () => Buffer.from(mutate(input, random)).toString('latin1'));
      };
      const mutants = run();
      expect(Buffer.from(input).toString('latin1')).toBe(before);
      expect(run()).toEqual(mutants);
      if (before !== '') expect(new Set(mutants).size).toBeGreaterThan(150);
    }
  });
});
