import { describe, expect, it } from 'vitest';
import { fuzzOdb2 } from '../support/odb2-fuzz.js';

describe('mutated ODB-2 files', () => {
  it('300 are read as far as they can be', async () => {
    const { read, damage, errors } = await fuzzOdb2(300, 4);
    expect(errors).toEqual({});
    expect(read).toBeGreaterThan(100);
    expect(Object.keys(damage).sort()).toEqual(
      expect.arrayContaining(['codec-unknown', 'frame-damaged', 'frame-truncated']),
    );
  });
});
