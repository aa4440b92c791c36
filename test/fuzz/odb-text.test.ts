import { describe, expect, it } from 'vitest';
import { fuzzOdbText } from '../support/odb-fuzz.js';

describe('mutated ODB text exports', () => {
  it('300 give a result or a typed error', async () => {
    const { results, rows, errors } = await fuzzOdbText(300, 1);
    expect(results).toBeGreaterThan(200);
    expect(rows).toBeGreaterThan(5000);
    expect(
      Object.keys(errors).filter(
        (code) => !['WRONG_FORMAT', 'MISSING_COLUMN', 'NO_USABLE_LEVEL'].includes(code),
      ),
    ).toEqual([]);
  });
});
