import { describe, expect, it } from 'vitest';
import { greatest, isSame, least } from '../src/numbers.js';

describe('numbers that may be missing', () => {
  it('are the same where both are missing', () => {
    expect([isSame(Number.NaN, Number.NaN), isSame(0, -0), isSame(1, Number.NaN), isSame(1, 2)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('have a least and a greatest among those that are there', () => {
    expect([least(2, 1), least(1, 2), least(Number.NaN, 1), least(1, Number.NaN)]).toEqual([1, 1, 1, 1]);
    expect([greatest(2, 1), greatest(1, 2), greatest(Number.NaN, 1), greatest(1, Number.NaN)]).toEqual([
      2, 2, 1, 1,
    ]);
    expect(least(Number.NaN, Number.NaN)).toBeNaN();
  });
});
