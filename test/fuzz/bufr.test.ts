import { describe, expect, it } from 'vitest';
import { fuzzBufr } from '../support/bufr-fuzz.js';

describe('mutated BUFR streams', () => {
  it('300 give subsets or typed errors', async () => {
    const { decoded, refused } = await fuzzBufr(300, 1);
    expect(decoded).toBeGreaterThan(200);
    expect(
      Object.keys(refused).filter((reason) => !/^(BUFR_[A-Z_]+|length|no-end|truncated)$/.test(reason)),
    ).toEqual([]);
    expect(Object.keys(refused).length).toBeGreaterThan(5);
  });
});
