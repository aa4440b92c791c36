import { describe, expect, it } from 'vitest';
import { fuzzBufrSoundings } from '../support/bufr-reading-fuzz.js';

describe('mutated files of BUFR soundings', () => {
  it('10,000 give reports or typed refusals, every field accounted for', async () => {
    const { reports } = await fuzzBufrSoundings(10_000, 2);
    expect(reports).toBeGreaterThan(10_000);
  }, 600_000);
});
