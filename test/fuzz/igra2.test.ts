import { describe, expect, it } from 'vitest';
import { fuzzSoundings, fuzzStationList } from '../support/igra2-fuzz.js';

describe('mutated IGRA 2 files', () => {
  it('of soundings: 300 give a result or a typed error', async () => {
    const { results, errors } = await fuzzSoundings(300, 1);
    expect(results).toBeGreaterThan(200);
    expect(Object.keys(errors).filter((code) => !['WRONG_FORMAT', 'LINE_TOO_LONG'].includes(code))).toEqual(
      [],
    );
  });

  it('of the station list: 300 give a result or a typed error', async () => {
    const { results } = await fuzzStationList(300, 2);
    expect(results).toBe(300);
  });
});
