import { describe, expect, it } from 'vitest';
import { fuzzBufrSoundings } from '../../support/bufr-reading-fuzz.js';

describe('mutated files of BUFR soundings', () => {
  it('300 give reports or typed refusals, every field accounted for', async () => {
    const { reports, rows, refused } = await fuzzBufrSoundings(300, 1);
    expect(reports).toBeGreaterThan(300);
    expect(rows).toBeGreaterThan(3000);
    expect(Object.keys(refused).filter((reason) => !/^(bufr\.[a-z.-]+|WRONG_FORMAT)$/.test(reason))).toEqual(
      [],
    );
    expect(Object.keys(refused).length).toBeGreaterThan(4);
  });
});
