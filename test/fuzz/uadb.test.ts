import { expect, it } from 'vitest';
import { fuzzUadb } from '../support/uadb-fuzz.js';

it('mutated UADB files: 300 give a result or a typed error', async () => {
  const { results, errors } = await fuzzUadb(300, 1);
  expect(results).toBeGreaterThan(200);
  expect(Object.keys(errors).filter((code) => !['WRONG_FORMAT', 'LINE_TOO_LONG'].includes(code))).toEqual([]);
});
